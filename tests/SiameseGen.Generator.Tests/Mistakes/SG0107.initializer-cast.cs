// An initializer that does not exist.
[Encoder]
[Features(8), Dense(4, [|Initializer = (Initializer)77|])]
public partial class Encoder;
