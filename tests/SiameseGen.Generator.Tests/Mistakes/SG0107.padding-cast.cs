// A padding that does not exist.
[Encoder]
[Image(8, 8), Conv2D(4, [|Padding = (Padding)2|]), Flatten]
public partial class Encoder;
