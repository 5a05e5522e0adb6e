// A separable kernel that is too large.
[Encoder]
[Image(4, 4)]
[SeparableConv2D(8, [|Kernel = 7|])]
[Flatten, Dense(2)]
public partial class Encoder;
