// PyTorch's −1 for any size.
[Encoder]
[Image(8, [|-1|]), Flatten, Dense(2)]
public partial class Encoder;
