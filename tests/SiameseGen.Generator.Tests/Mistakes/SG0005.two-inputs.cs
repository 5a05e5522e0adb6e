// One input for each twin.
[Encoder]
[Image(28, 28), [|Image(28, 28)|]]
[Flatten, Dense(16)]
public partial class Encoder;
