// Blocks that multiply.
[Block]
[Dense(4), ReLU, Dense(4), ReLU]
public partial class Stage;

[Block]
[Repeat<Stage>(256)]
public partial class Tower;

[Encoder]
[Features(4), [|Repeat<Tower>(8)|]]
public partial class Encoder;
