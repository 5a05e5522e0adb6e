// A primary constructor.
[Encoder]
[Features(4), Dense(2)]
public partial class [|Encoder|](string name);
