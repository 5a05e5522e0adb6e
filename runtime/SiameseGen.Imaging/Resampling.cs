namespace SiameseGen.Imaging;

/// <summary>Resizes one axis after the other with a triangle filter, in plain arithmetic of a fixed order.</summary>
internal static class Resampling
{
    public static Picture Resize(Picture picture, int height, int width)
    {
        int channels = picture.Channels, rowLength = width * channels;
        Tap[][] columns = Taps(picture.Width, width), rows = Taps(picture.Height, height);
        float[] narrow = new float[picture.Height * rowLength];
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Pixels.Slice(y * picture.Width * channels, picture.Width * channels);
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    float sum = 0;
                    foreach (Tap tap in columns[x])
                        sum += tap.Weight * from[(tap.Index * channels) + channel];
                    narrow[(y * rowLength) + (x * channels) + channel] = sum;
                }
            }
        }

        byte[] pixels = new byte[height * rowLength];
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < rowLength; i++)
            {
                float sum = 0.5f;
                foreach (Tap tap in rows[y])
                    sum += tap.Weight * narrow[(tap.Index * rowLength) + i];
                pixels[(y * rowLength) + i] = (byte)Math.Clamp(sum, 0f, 255f);
            }
        }

        return new Picture(height, width, channels, pixels);
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
