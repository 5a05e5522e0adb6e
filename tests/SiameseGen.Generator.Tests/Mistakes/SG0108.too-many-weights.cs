// Half a billion weights.
[Encoder]
[Image(224, 224, Channels = 3)]
[Flatten, [|Dense(4096)|]]
public partial class Encoder;
