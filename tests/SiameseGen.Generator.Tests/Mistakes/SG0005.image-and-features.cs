// A picture and measurements.
[Encoder]
[Image(8, 8)]
[[|Features(4)|]]
[Flatten, Dense(16)]
public partial class Encoder;
