// A residual block whose convolution has no padding.
[Block]
[Conv2D(4), ReLU]
public partial class Stage;

[Encoder]
[Image(8, 8, Channels = 4), [|Residual<Stage>|], Flatten]
public partial class Encoder;
