// A depthwise step of nothing.
[Encoder]
[Image(8, 8), DepthwiseConv2D([|Stride = 0|]), Flatten]
public partial class Encoder;
