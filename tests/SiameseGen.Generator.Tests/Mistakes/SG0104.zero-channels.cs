// A picture without channels.
[Encoder]
[Image(8, 8, [|Channels = 0|]), Flatten, Dense(2)]
public partial class Encoder;
