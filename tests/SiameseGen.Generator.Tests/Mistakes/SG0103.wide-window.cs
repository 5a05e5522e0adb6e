// A window with more columns than the image.
[Encoder]
[Image(8, 4), MaxPool2D(2, [|5|]), Flatten]
public partial class Encoder;
