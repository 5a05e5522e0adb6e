// A kernel's size three times.
[Encoder]
[Image(8, 8), Conv2D(8, [|Kernel = 3|], KernelHeight = 3, KernelWidth = 5), Flatten]
public partial class Encoder;
