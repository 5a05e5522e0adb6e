// A learning rate of 0 in place of Frozen.
[Encoder]
[Features(8), Dense(4, [|LearningRateFactor = 0f|])]
public partial class Encoder;
