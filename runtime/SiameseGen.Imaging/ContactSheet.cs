using SiameseGen.Data;

namespace SiameseGen.Imaging;

/// <summary>Many examples on one picture, to look at what an encoder learns from: a row for each example, read again and again, as training would.</summary>
public static class ContactSheet
{
    private const int Gap = 2;
    private const byte Frame = 128;

    /// <summary>Draws a sheet. Values from 0 to 1 become 0 to 255; what lies beyond is limited.</summary>
    /// <param name="examples">The examples, augmented or not.</param>
    /// <param name="shape">The shape of one, with 1 channel or 3.</param>
    /// <param name="rows">Examples, 1 or more, evenly spread over the set.</param>
    /// <param name="columns">How often each is read, 1 or more.</param>
    /// <param name="seed">Equal seeds draw equal sheets.</param>
    /// <exception cref="ArgumentException">The examples are not of the shape, there are none, or they are of other channels than 1 and 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows or no columns.</exception>
    public static Picture Of(IExampleSet examples, InputShape shape, int rows = 8, int columns = 8, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (examples.Count == 0)
            throw new ArgumentException("There are no examples to show.", nameof(examples));
        if (examples.InputLength != shape.Length)
            throw new ArgumentException($"Examples of {shape.Height}×{shape.Width}×{shape.Channels} have {shape.Length} values; these have {examples.InputLength}.", nameof(examples));
        if (shape.Channels is not (1 or 3))
            throw new ArgumentException($"A picture has 1 channel (grey) or 3 (red, green, blue); the examples have {shape.Channels}.", nameof(shape));
        int width = (columns * (shape.Width + Gap)) + Gap, height = (rows * (shape.Height + Gap)) + Gap, line = shape.Width * shape.Channels;
        byte[] sheet = new byte[width * height * shape.Channels];
        sheet.AsSpan().Fill(Frame);
        float[] values = new float[shape.Length];
        for (int place = 0; place < rows * columns; place++)
        {
            (int row, int column) = Math.DivRem(place, columns);
            var random = new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Augmentation, (uint)place);
            examples.Read((int)((long)row * examples.Count / rows), values, ref random);
            int first = ((((row * (shape.Height + Gap)) + Gap) * width) + (column * (shape.Width + Gap)) + Gap) * shape.Channels;
            for (int i = 0; i < values.Length; i++)
                sheet[first + (i / line * width * shape.Channels) + (i % line)] = (byte)MathF.Round(255f * Math.Clamp(values[i], 0f, 1f));
        }

        return new Picture(height, width, shape.Channels, sheet);
    }
}
