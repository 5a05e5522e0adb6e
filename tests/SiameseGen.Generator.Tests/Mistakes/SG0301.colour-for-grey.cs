// Three channels for an encoder of grey images, in a variable.
[Encoder]
[Image(8, 8), Flatten, Dense(2)]
public partial class Encoder;

public static class Program
{
    public static int Embed(Encoder encoder)
    {
        byte[] pixels = new byte[8 * 8 * 3];
        pixels[0] = 255;
        return encoder.Embed([|pixels|]).Values.Length;
    }
}
