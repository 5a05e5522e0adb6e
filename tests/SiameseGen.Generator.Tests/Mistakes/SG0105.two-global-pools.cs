// Pooled globally twice.
[Encoder]
[Image(8, 8)]
[Conv2D(8), GlobalAvgPool, [|GlobalMaxPool|]]
public partial class Encoder;
