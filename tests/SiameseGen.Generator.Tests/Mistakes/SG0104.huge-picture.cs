// A picture of a million columns.
[Encoder]
[Image(8, [|1000000|]), Flatten, Dense(2)]
public partial class Encoder;
