// A kernel larger than what is left.
[Encoder]
[Image(8, 8)]
[Conv2D(4), MaxPool2D(2), Conv2D(8, [|Kernel = 5|])]
[Flatten, Dense(2)]
public partial class Encoder;
