// A negative margin.
[Encoder]
[Features(4), Dense(2)]
[TripletLoss([|Margin = -0.2f|])]
public partial class Encoder;
