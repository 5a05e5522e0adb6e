// The kernel's size for the number of pixels.
[Encoder]
[Image(28, 28), Conv2D(4, [|Kernel = 784|]), Flatten]
public partial class Encoder;
