// A list of three for four.
[Encoder]
[Features(4), Dense(2)]
public partial class Encoder;

public static class Program
{
    public static bool Embed() => new Encoder.Input([|new float[] { 1f, 2f, 3f }|]).IsBytes;
}
