// Momentum that is no number.
[Encoder]
[Features(8), BatchNorm([|Momentum = float.NaN|]), Dense(2)]
public partial class Encoder;
