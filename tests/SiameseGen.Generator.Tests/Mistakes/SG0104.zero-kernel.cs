// A kernel of nothing.
[Encoder]
[Image(8, 8), Conv2D(4, [|Kernel = 0|]), Flatten]
public partial class Encoder;
