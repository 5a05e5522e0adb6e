// A residual block that changes the channels.
[Block]
[Conv2D(8, Padding = Padding.Same)]
public partial class Stage;

[Encoder]
[Image(8, 8), [|Residual<Stage>|], Flatten]
public partial class Encoder;
