namespace SiameseGen.Tests.Images;

/// <summary>What changes of pictures are, in doubles and as plainly as can be.</summary>
internal static class PictureReference
{
    /// <summary>A picture of random values, which no resampling can leave as it is by chance.</summary>
    public static float[] Picture(InputShape shape, uint index = 0)
    {
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, index);
        var picture = new float[shape.Length];
        foreach (ref float value in picture.AsSpan())
            value = random.NextSingle();
        return picture;
    }

    /// <summary>A picture with its pixels where a map says, by the four nearest pixels, and a fill outside.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="stored">Its shape.</param>
    /// <param name="result">The shape of the result.</param>
    /// <param name="from">From pixels of the result to pixels of the picture, columns first.</param>
    /// <param name="fill">The value outside.</param>
    public static double[] Sampled(float[] picture, InputShape stored, InputShape result, Func<int, int, (double X, double Y)> from, double fill = 0)
    {
        var values = new double[result.Length];
        for (int y = 0; y < result.Height; y++)
        {
            for (int x = 0; x < result.Width; x++)
            {
                (double column, double row) = from(x, y);
                int left = (int)Math.Floor(column), top = (int)Math.Floor(row);
                for (int channel = 0; channel < result.Channels; channel++)
                {
                    double value = 0;
                    for (int corner = 0; corner < 4; corner++)
                    {
                        int cx = left + (corner & 1), cy = top + (corner >> 1);
                        double weight = (1 - Math.Abs(column - cx)) * (1 - Math.Abs(row - cy));
                        bool isInside = cx >= 0 && cy >= 0 && cx < stored.Width && cy < stored.Height;
                        value += weight * (isInside ? picture[(((cy * stored.Width) + cx) * stored.Channels) + channel] : fill);
                    }

                    values[(((y * result.Width) + x) * result.Channels) + channel] = value;
                }
            }
        }

        return values;
    }

    /// <summary>The inverse of a chain of maps about the middle: stretched, sheared, turned, shifted.</summary>
    public static Func<int, int, (double X, double Y)> Inverse(
        InputShape stored, InputShape result, double degrees, double wider, double higher, double shear, double right, double down) => (x, y) =>
    {
        double angle = degrees * Math.PI / 180;
        double px = x + 0.5 - (result.Width / 2.0) - (right * result.Width), py = y + 0.5 - (result.Height / 2.0) - (down * result.Height);
        (px, py) = ((Math.Cos(angle) * px) + (Math.Sin(angle) * py), (Math.Cos(angle) * py) - (Math.Sin(angle) * px));
        px = (px - (shear * py)) / wider;
        py /= higher;
        return ((px * stored.Width / result.Width) + (stored.Width / 2.0) - 0.5, (py * stored.Height / result.Height) + (stored.Height / 2.0) - 0.5);
    };

    public static void AssertClose(double[] expected, float[] actual, double tolerance = 1e-5)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Xunit.Assert.Equal(expected[i], actual[i], tolerance);
    }
}
