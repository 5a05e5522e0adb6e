// L2Normalize before Flatten.
[Encoder]
[Image(8, 8)]
[Conv2D(4), [|L2Normalize|], Flatten]
public partial class Encoder;
