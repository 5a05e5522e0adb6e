// A power of 0.
[Encoder]
[Image(8, 8), GeMPool([|Power = 0f|])]
public partial class Encoder;
