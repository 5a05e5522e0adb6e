// A deviation of 0.
[Encoder]
[Image(8, 8), Standardize(0.5f, [|0f|]), Flatten]
public partial class Encoder;
