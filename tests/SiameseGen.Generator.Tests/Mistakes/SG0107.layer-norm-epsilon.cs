// A negative epsilon.
[Encoder]
[Features(8), LayerNorm([|Epsilon = -1e-5f|]), Dense(2)]
public partial class Encoder;
