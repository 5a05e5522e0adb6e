// A negative rate.
[Encoder]
[Features(8), Dropout([|-0.5f|]), Dense(2)]
public partial class Encoder;
