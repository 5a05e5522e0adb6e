// What arrives at a block is an image.
[Block]
[Dense(4), ReLU]
public partial class Stage;

[Encoder]
[Image(8, 8), [|Use<Stage>|]]
public partial class Encoder;
