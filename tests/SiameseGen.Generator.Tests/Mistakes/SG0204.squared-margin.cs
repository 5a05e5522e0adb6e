// The same of squared distances.
[Encoder]
[Image(4, 4), Flatten, Dense(2), L2Normalize]
[ContrastiveLoss(Distance = DistanceMetric.SquaredEuclidean, [|Margin = 5f|])]
public partial class Encoder;
