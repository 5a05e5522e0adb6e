// The same of triplets.
[Encoder]
[Image(4, 4), Flatten, Dense(2), L2Normalize]
[TripletLoss([|Margin = 2.5f|])]
public partial class Encoder;
