// A margin that embeddings of length 1 cannot reach.
[Encoder]
[Image(4, 4), Flatten, Dense(2), L2Normalize]
[ContrastiveLoss([|Margin = 3f|])]
public partial class Encoder;
