// A picture is no embedding.
[Encoder]
[Image(8, 8)]
[[|ReLU|]]
public partial class Encoder;
