// One name for two layers.
[Encoder]
[Features(4), Dense(4, Name = "head"), ReLU, Dense(4, [|Name = "head"|])]
public partial class Encoder;
