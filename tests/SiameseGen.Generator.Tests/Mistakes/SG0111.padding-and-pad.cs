// A rule for the border, and its width.
[Encoder]
[Image(8, 8), Conv2D(8, [|Padding = Padding.Same|], Pad = 1), Flatten]
public partial class Encoder;
