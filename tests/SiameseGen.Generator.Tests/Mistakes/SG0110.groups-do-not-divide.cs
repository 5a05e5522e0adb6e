// Groups that do not divide the channels.
[Encoder]
[Image(8, 8)]
[Conv2D(30), GroupNorm([|32|]), Flatten]
public partial class Encoder;
