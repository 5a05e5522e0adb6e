// A convolution over measurements.
[Encoder]
[Features(64)]
[[|Conv2D(8)|], ReLU]
public partial class Encoder;
