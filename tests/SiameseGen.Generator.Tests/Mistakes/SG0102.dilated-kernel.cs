// A kernel that is too large only because it is dilated.
[Encoder]
[Image(8, 8), Conv2D(8, [|Kernel = 3|], Dilation = 4), Flatten]
public partial class Encoder;
