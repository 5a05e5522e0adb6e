// Cropping by a negative border.
[Encoder]
[Image(8, 8), Conv2D(8, [|PadLeft = -1|]), Flatten]
public partial class Encoder;
