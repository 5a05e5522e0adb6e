// AlexNet's first kernel on a small picture.
[Encoder]
[Image(8, 8)]
[Conv2D(96, [|Kernel = 11|], Stride = 4)]
[Flatten, Dense(2)]
public partial class Encoder;
