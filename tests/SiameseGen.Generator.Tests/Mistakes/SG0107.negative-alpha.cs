// A negative alpha.
[Encoder]
[Features(8), Dense(4), ELU([|Alpha = -1f|])]
public partial class Encoder;
