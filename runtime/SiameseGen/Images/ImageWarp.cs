namespace SiameseGen.Images;

/// <summary>One fixed view of a picture: scaled, sheared, turned and shifted, in this order and in one pass of bilinear resampling. As it is made, it changes nothing.</summary>
public sealed record ImageWarp
{
    /// <summary>How many degrees the picture is turned clockwise, −180 to 180.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Rotation { get; init => field = Setting.Between(value, -180f, 180f, nameof(Rotation), "an angle in degrees"); }

    /// <summary>How many times larger what is in the picture becomes, 0.1 to 10.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Scale { get; init => field = Setting.Between(value, 0.1f, 10f, nameof(Scale), "a factor of sizes"); } = 1f;

    /// <summary>How many times wider it becomes for its height, 0.1 to 10; the area stays.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Aspect { get; init => field = Setting.Between(value, 0.1f, 10f, nameof(Aspect), "a factor of width to height"); } = 1f;

    /// <summary>How far a row moves to the right for each row that it lies below the middle, −2 to 2.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Shear { get; init => field = Setting.Between(value, -2f, 2f, nameof(Shear), "a slant"); }

    /// <summary>How far it is moved to the right, as a share of the width, −1 to 1.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float ShiftRight { get; init => field = Setting.Between(value, -1f, 1f, nameof(ShiftRight), "a share of the width"); }

    /// <summary>How far it is moved down, as a share of the height, −1 to 1.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float ShiftDown { get; init => field = Setting.Between(value, -1f, 1f, nameof(ShiftDown), "a share of the height"); }

    /// <summary>Whether it is mirrored left to right first.</summary>
    public bool Mirrored { get; init; }

    /// <summary>The value outside of the picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public float Fill { get; init => field = Setting.Finite(value, nameof(Fill)); }

    /// <summary>Makes the view. After the first picture of a size on a thread it allocates nothing.</summary>
    /// <param name="picture">The picture as it is stored, channels last; the same memory as <paramref name="destination"/>, if you like.</param>
    /// <param name="stored">Its shape: another size than the result's is resampled in the same pass.</param>
    /// <param name="destination">Receives the view.</param>
    /// <param name="result">The shape of the view, with as many channels.</param>
    /// <exception cref="ArgumentException">A length is not that of its shape, or the channels differ.</exception>
    public void Apply(ReadOnlySpan<float> picture, InputShape stored, Span<float> destination, InputShape result)
    {
        Check(picture.Length, stored, destination.Length, result);
        double part = Math.Sqrt(Aspect), wider = Scale * part, higher = Scale / part;
        PlaneMap map = PlaneMap.Back(Rotation, Mirrored ? -wider : wider, higher, Shear, (double)ShiftRight * result.Width, (double)ShiftDown * result.Height);
        Resample(picture, stored, destination, result, map, Fill, default, 0f);
    }

    internal static void Check(int picture, InputShape stored, int destination, InputShape result)
    {
        if (picture != stored.Length || stored.Length == 0)
            throw new ArgumentException($"A picture of {stored.Height} × {stored.Width} pixels with {stored.Channels} channels has {stored.Length} values; this one has {picture}.", nameof(picture));
        if (destination != result.Length || result.Length == 0)
            throw new ArgumentException($"A result of {result.Height} × {result.Width} pixels with {result.Channels} channels has {result.Length} values; the destination has {destination}.", nameof(destination));
        if (stored.Channels != result.Channels)
            throw new ArgumentException($"The picture has {stored.Channels} channels and the result {result.Channels}; they have equally many.", nameof(result));
    }

    internal static void Resample(
        ReadOnlySpan<float> picture, InputShape stored, Span<float> destination, InputShape result, in PlaneMap map, float fill, Span<float> bends, float bend)
    {
        ImageScratch scratch = ImageScratch.OfThread;
        while (stored.Height >= 2 * result.Height && stored.Width >= 2 * result.Width)
        {
            // Four pixels around a place would leave out what lies between the places.
            Span<float> half = scratch.Halved(stored.Height / 2 * (stored.Width / 2) * stored.Channels);
            picture = ImageSampler.Halve(picture, ref stored, half);
        }

        Span<float> bordered = scratch.Bordered(ImageSampler.BorderedLength(stored)), places = scratch.Places(2 * result.Width);
        ImageSampler.Border(picture, stored, fill, bordered);
        PlaneMap pixels = map.OfPixels(result, stored);
        Span<float> x = places[..result.Width], y = places[result.Width..];
        for (int row = 0; row < result.Height; row++)
        {
            double left = (pixels.Xy * row) + pixels.X, top = (pixels.Yy * row) + pixels.Y;
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (float)((pixels.Xx * i) + left);
                y[i] = (float)((pixels.Yx * i) + top);
            }

            if (!bends.IsEmpty)
                ElasticField.AddRow(bends, row, result.Height, pixels, bend * result.Width, bend * result.Height, x, y);
            ImageSampler.ReadRow(bordered, stored, x, y, destination.Slice(row * result.Width * result.Channels, result.Width * result.Channels));
        }
    }
}
