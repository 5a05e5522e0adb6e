// One row instead of the image.
[Encoder]
[Image(28, 28), Flatten, Dense(2)]
public partial class Encoder;

public static class Program
{
    public static object Embed(Encoder encoder) => encoder.Embed([|new float[28]|]);
}
