// The loss on another part of the class.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder;

[[|TripletLoss|]]
public partial class Encoder;
