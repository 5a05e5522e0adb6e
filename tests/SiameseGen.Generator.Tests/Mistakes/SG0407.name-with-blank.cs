// A name of two words.
[Encoder]
[Features(4), Dense(4, [|Name = "first layer"|])]
public partial class Encoder;
