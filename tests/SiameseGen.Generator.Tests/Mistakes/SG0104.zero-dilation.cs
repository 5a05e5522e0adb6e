// A dilation of 0, meant as none.
[Encoder]
[Image(8, 8), Conv2D(8, [|Dilation = 0|]), Flatten]
public partial class Encoder;
