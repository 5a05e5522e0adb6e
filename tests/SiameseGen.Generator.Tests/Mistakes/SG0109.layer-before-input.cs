// The layers first.
[Encoder]
[[|Flatten|], Dense(4)]
[Image(8, 8)]
public partial class Encoder;
