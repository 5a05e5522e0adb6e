// No groups.
[Encoder]
[Features(8), GroupNorm([|0|]), Dense(2)]
public partial class Encoder;
