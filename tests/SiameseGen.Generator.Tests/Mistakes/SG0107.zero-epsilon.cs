// No epsilon.
[Encoder]
[Features(8), BatchNorm([|Epsilon = 0f|]), Dense(2)]
public partial class Encoder;
