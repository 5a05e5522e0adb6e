// Channels of measurements.
[Encoder]
[Features(8)]
[[|DepthwiseConv2D|], Dense(2)]
public partial class Encoder;
