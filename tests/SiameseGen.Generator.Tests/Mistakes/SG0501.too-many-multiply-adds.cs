// More multiply-adds than allowed.
[Encoder([|MaxMultiplyAdds = 100_000|])]
[Image(28, 28), Conv2D(32), Flatten, Dense(8)]
public partial class Encoder;
