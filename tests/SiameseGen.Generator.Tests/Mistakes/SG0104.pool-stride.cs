// A window that does not move.
[Encoder]
[Image(8, 8), MaxPool2D(2, [|Stride = 0|]), Flatten]
public partial class Encoder;
