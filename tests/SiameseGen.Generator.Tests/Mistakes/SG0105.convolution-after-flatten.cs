// Flatten too early.
[Encoder]
[Image(8, 8)]
[Flatten, [|Conv2D(8)|]]
public partial class Encoder;
