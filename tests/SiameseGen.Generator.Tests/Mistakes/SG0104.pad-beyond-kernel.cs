// More zeros than the kernel reaches.
[Encoder]
[Image(8, 8), Conv2D(8, Kernel = 3, [|Pad = 3|]), Flatten]
public partial class Encoder;
