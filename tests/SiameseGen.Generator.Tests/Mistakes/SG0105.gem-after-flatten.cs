// A generalised mean of a vector.
[Encoder]
[Image(8, 8)]
[Conv2D(4), Flatten, [|GeMPool|]]
public partial class Encoder;
