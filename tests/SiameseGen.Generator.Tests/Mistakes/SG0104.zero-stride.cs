// A step of nothing.
[Encoder]
[Image(8, 8), Conv2D(4, [|Stride = 0|]), Flatten]
public partial class Encoder;
