// A projection without the block's stride.
[Block]
[Conv2D(8, Stride = 2, Padding = Padding.Same)]
public partial class Stage;

[Block]
[Conv2D(8, Kernel = 1)]
public partial class Shortcut;

[Encoder]
[Image(8, 8), [|Residual<Stage, Shortcut>|], Flatten]
public partial class Encoder;
