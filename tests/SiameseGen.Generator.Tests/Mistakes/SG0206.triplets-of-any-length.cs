// Triplets on embeddings that may grow.
[Encoder]
[Image(4, 4), Flatten, Dense(2)]
[[|TripletLoss|]]
public partial class Encoder;
