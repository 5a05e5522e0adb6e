// Channels of a vector, weighted.
[Encoder]
[Image(8, 8)]
[Flatten, [|SqueezeExcite|], Dense(2)]
public partial class Encoder;
