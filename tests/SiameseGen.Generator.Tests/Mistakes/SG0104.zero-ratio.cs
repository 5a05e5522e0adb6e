// A ratio of nothing.
[Encoder]
[Image(8, 8), Conv2D(8), SqueezeExcite([|0|]), Flatten]
public partial class Encoder;
