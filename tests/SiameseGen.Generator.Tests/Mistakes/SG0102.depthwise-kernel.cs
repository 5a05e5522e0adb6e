// A depthwise kernel that is too large.
[Encoder]
[Image(4, 4)]
[DepthwiseConv2D([|Kernel = 5|], Padding = Padding.Valid)]
[Flatten, Dense(2)]
public partial class Encoder;
