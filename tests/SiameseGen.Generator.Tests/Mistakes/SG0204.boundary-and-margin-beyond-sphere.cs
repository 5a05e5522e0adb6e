// Negatives are to be farther than 1.2 + 1, and nothing is.
[Encoder]
[Features(4), Dense(2), L2Normalize]
[MarginLoss([|Margin = 1f|])]
public partial class Encoder;
