// No margin.
[Encoder]
[Features(4), Dense(2)]
[ContrastiveLoss([|Margin = 0f|])]
public partial class Encoder;
