// An infinite offset.
[Encoder]
[Image(8, 8), Rescale(1f, [|Offset = float.PositiveInfinity|]), Flatten]
public partial class Encoder;
