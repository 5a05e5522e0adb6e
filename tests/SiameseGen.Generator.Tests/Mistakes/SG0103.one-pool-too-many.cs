// Pooled until nothing is left.
[Encoder]
[Image(28, 28)]
[MaxPool2D(2), MaxPool2D(2), MaxPool2D(2), MaxPool2D(2), MaxPool2D([|2|])]
[Flatten, Dense(2)]
public partial class Encoder;
