// No Flatten before Dense.
[Encoder]
[Image(28, 28)]
[Conv2D(32), ReLU, MaxPool2D(2)]
[[|Dense(64)|], L2Normalize]
public partial class Encoder;
