// Everything dropped.
[Encoder]
[Features(8), Dropout([|1f|]), Dense(2)]
public partial class Encoder;
