// No features.
[Encoder]
[Features([|0|]), Dense(2)]
public partial class Encoder;
