// A cosine distance ends at 2.
[Encoder]
[Image(4, 4), Flatten, Dense(2)]
[ContrastiveLoss([|Margin = 2.5f|], Distance = DistanceMetric.Cosine)]
public partial class Encoder;
