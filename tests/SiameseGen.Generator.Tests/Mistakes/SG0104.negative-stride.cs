// A step backwards.
[Encoder]
[Image(8, 8), Conv2D(4, [|Stride = -1|]), Flatten]
public partial class Encoder;
