// Repeated no time.
[Block]
[Dense(4), ReLU]
public partial class Stage;

[Encoder]
[Features(4), Repeat<Stage>([|0|])]
public partial class Encoder;
