// Triplets have no vectors of classes.
[Encoder]
[Features(8), Dense(4), L2Normalize]
[TripletLoss(Weight = 1f), [|RegularFaceRegularizer(Weight = 0.1f)|]]
public partial class Encoder;
