// Pooling of a vector.
[Encoder]
[Image(8, 8)]
[Flatten, Dense(16), [|MaxPool2D(2)|]]
public partial class Encoder;
