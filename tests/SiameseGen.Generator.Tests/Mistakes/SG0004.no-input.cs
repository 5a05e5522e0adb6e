// Keras infers the input from data; here it is declared.
[Encoder]
[Dense(64), ReLU, Dense(16)]
public partial class [|Encoder|];
