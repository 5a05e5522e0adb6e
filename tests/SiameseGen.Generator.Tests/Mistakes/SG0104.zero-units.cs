// No units.
[Encoder]
[Features(8), Dense([|0|])]
public partial class Encoder;
