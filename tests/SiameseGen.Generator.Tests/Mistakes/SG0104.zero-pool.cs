// A window of nothing.
[Encoder]
[Image(8, 8), MaxPool2D([|0|]), Flatten]
public partial class Encoder;
