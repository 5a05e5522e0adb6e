// An input in a block.
[Block]
[[|Features(4)|], Dense(4)]
public partial class Stage;

