// Everything multiplied by 0.
[Encoder]
[Image(8, 8), Rescale([|0f|]), Flatten]
public partial class Encoder;
