// Groups that do not divide the features.
[Encoder]
[Features(10), GroupNorm([|4|]), Dense(2)]
public partial class Encoder;
