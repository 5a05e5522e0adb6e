// A rate in percent.
[Encoder]
[Features(8), Dropout([|50|]), Dense(2)]
public partial class Encoder;
