// No Flatten at the end.
[Encoder]
[Image(28, 28)]
[Conv2D(32), ReLU, [|MaxPool2D(2)|]]
public partial class Encoder;
