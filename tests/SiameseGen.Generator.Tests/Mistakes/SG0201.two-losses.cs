// Both losses.
[Encoder]
[Features(4), Dense(2)]
[ContrastiveLoss, [|TripletLoss|]]
public partial class Encoder;
