// A window of a larger picture.
[Encoder]
[Image(4, 4)]
[AvgPool2D([|7|])]
[Flatten, Dense(2)]
public partial class Encoder;
