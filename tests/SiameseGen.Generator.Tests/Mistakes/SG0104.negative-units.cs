// Keras's −1 for "whatever fits".
[Encoder]
[Features(8), Dense([|-1|])]
public partial class Encoder;
