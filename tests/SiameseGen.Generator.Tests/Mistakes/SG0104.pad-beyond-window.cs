// A border of more than half a window.
[Encoder]
[Image(8, 8), Conv2D(8), MaxPool2D(3, [|Pad = 2|]), Flatten]
public partial class Encoder;
