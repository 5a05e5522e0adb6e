using System.Numerics;

namespace SiameseGen.Imaging;

/// <summary>Resizes one axis after the other with a triangle filter, in plain arithmetic of a fixed order.</summary>
internal static class Resampling
{
    public static Picture Resize(Picture picture, int height, int width)
    {
        int channels = picture.Channels;
        Tap[][] columns = Taps(picture.Width, width), rows = Taps(picture.Height, height);

        // First the axis that leaves less to do for the other; of a very tall or wide picture no other order would fit into memory.
        float[] resized = (long)picture.Height * width <= (long)height * picture.Width
            ? Along<float>(Along(picture.Pixels, picture.Height, picture.Width, channels, columns), 1, picture.Height, width * channels, rows)
            : Along<float>(Along(picture.Pixels, 1, picture.Height, picture.Width * channels, rows), height, picture.Width, channels, columns);
        byte[] pixels = new byte[resized.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)Math.Clamp(resized[i] + 0.5f, 0f, 255f);
        return new Picture(height, width, channels, pixels);
    }

    // Resizes the middle one of three axes, outer × length × inner.
    private static float[] Along<T>(ReadOnlySpan<T> values, int outer, int length, int inner, Tap[][] taps)
        where T : struct, INumberBase<T>
    {
        float[] resized = new float[outer * taps.Length * inner];
        int next = 0;
        for (int start = 0; start < values.Length; start += length * inner)
        {
            ReadOnlySpan<T> from = values.Slice(start, length * inner);
            foreach (Tap[] target in taps)
            {
                for (int i = 0; i < inner; i++)
                {
                    float sum = 0;
                    foreach (Tap tap in target)
                        sum += tap.Weight * float.CreateTruncating(from[(tap.Index * inner) + i]);
                    resized[next++] = sum;
                }
            }
        }

        return resized;
    }

    // Which source pixels make each target pixel. Weights of a target pixel sum to 1; beyond the border there is nothing to weigh.
    private static Tap[][] Taps(int from, int to)
    {
        double scale = (double)from / to, reach = Math.Max(scale, 1);
        var taps = new Tap[to][];
        for (int i = 0; i < to; i++)
        {
            double centre = ((i + 0.5) * scale) - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(centre - reach)), last = Math.Min(from - 1, (int)Math.Floor(centre + reach));
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(index => Math.Max(0, 1 - (Math.Abs(index - centre) / reach)))];
            double sum = 0;
            foreach (double weight in weights)
                sum += weight;
            taps[i] = [.. weights.Select((weight, k) => new Tap(first + k, (float)(weight / sum)))];
        }

        return taps;
    }

    private readonly record struct Tap(int Index, float Weight);
}
