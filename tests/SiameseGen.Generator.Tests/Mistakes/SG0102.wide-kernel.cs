// A kernel with more columns than the image.
[Encoder]
[Image(8, 4), Conv2D(8, [|KernelWidth = 5|]), Flatten]
public partial class Encoder;
