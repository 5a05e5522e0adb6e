// More parameters than allowed.
[Encoder([|MaxParameters = 10_000|])]
[Image(28, 28), Flatten, Dense(64)]
public partial class Encoder;
