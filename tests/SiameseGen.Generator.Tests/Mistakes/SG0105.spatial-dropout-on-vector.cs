// Channels of a vector.
[Encoder]
[Features(8)]
[Dense(8), [|SpatialDropout(0.2f)|], Dense(2)]
public partial class Encoder;
