// A margin without end.
[Encoder]
[Features(4), Dense(2)]
[ContrastiveLoss([|Margin = float.PositiveInfinity|])]
public partial class Encoder;
