// The block is not marked.
[Conv2D(4), ReLU]
public class Stage;

[Encoder]
[Image(8, 8), [|Use<Stage>|], Flatten]
public partial class Encoder;
