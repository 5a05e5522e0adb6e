// Momentum above 1.
[Encoder]
[Features(8), BatchNorm([|Momentum = 2f|]), Dense(2)]
public partial class Encoder;
