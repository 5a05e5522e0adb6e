// An input and a loss.
[Encoder]
[Features(28)]
[TripletLoss]
public partial class [|Encoder|];
