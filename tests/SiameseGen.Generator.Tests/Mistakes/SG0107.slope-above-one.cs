// A slope above 1.
[Encoder]
[Features(8), Dense(4), LeakyReLU([|Slope = 1.5f|])]
public partial class Encoder;
