// Dense on the picture itself.
[Encoder]
[Image(28, 28)]
[[|Dense(64)|]]
public partial class Encoder;
