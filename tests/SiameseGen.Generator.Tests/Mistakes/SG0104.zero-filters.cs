// No filters.
[Encoder]
[Image(8, 8), Conv2D([|0|]), Flatten]
public partial class Encoder;
