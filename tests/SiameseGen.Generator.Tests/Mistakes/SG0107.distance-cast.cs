// A distance that does not exist.
[Encoder]
[Features(8), Dense(4), TripletLoss([|Distance = (DistanceMetric)9|])]
public partial class Encoder;
