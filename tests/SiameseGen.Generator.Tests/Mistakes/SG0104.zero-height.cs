// A picture without rows.
[Encoder]
[Image([|0|], 8), Flatten, Dense(2)]
public partial class Encoder;
