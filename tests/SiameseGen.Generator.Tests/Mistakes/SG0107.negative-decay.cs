// Weights that grow.
[Encoder]
[Features(8), Dense(4, [|WeightDecayFactor = -1f|])]
public partial class Encoder;
