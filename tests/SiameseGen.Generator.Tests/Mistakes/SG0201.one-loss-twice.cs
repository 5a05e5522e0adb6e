// The same loss twice.
[Encoder]
[Features(4), Dense(2)]
[TripletLoss]
[[|TripletLoss|]]
public partial class Encoder;
