namespace SiameseGen.Images;

/// <summary>
/// Changes of pictures at random, each within a limit that is 0 at first: a picture then comes through as it is. Training on changed pictures teaches an encoder what does not matter.
/// </summary>
/// <remarks>
/// <para>
/// The order is: mirror, scale and aspect, shear, rotation, shift, elastic bends, all of them in one pass of bilinear resampling; then thickness, contrast and brightness, noise, cutout. Each setting
/// draws numbers of its own, so that another's change leaves it alone. The same numbers give the same bits on every machine.
/// </para>
/// <para>Use it with <see cref="ImageAugmentations.Augmented{TEncoder}(Data.IExampleSet, ImageAugmentation)"/>.</para>
/// </remarks>
public sealed record ImageAugmentation
{
    /// <summary>The largest angle, in degrees, 0 to 180: turned by −<c>Rotation</c> to <c>Rotation</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public float Rotation { get; init => field = Setting.Within(value, 180f, nameof(Rotation), "the largest angle in degrees"); }

    /// <summary>The largest shift, as a share of the width to the right and left and of the height up and down, 0 to 1.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Shift { get; init => field = Setting.Within(value, 1f, nameof(Shift), "the largest shift as a share of width and height"); }

    /// <summary>The largest change of size as a natural logarithm, 0 to 2: 0.15 for 0.86 to 1.16 times as large.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Scale { get; init => field = Setting.Within(value, 2f, nameof(Scale), "the natural logarithm of the largest change of size"); }

    /// <summary>The largest change of width to height as a natural logarithm, 0 to 2; the area stays.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Aspect { get; init => field = Setting.Within(value, 2f, nameof(Aspect), "the natural logarithm of the largest change of width to height"); }

    /// <summary>The largest slant, 0 to 2: how far a row moves sideways for each row that it lies from the middle.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Shear { get; init => field = Setting.Within(value, 2f, nameof(Shear), "the largest slant"); }

    /// <summary>
    /// The standard deviation of elastic bends, as a share of width and height, 0 to 0.2: a smooth field through 5 × 5 normal numbers (Simard, Steinkraus and Platt, 2003).
    /// </summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Elastic { get; init => field = Setting.Within(value, 0.2f, nameof(Elastic), "the deviation of bends as a share of width and height"); }

    /// <summary>
    /// How many pixels edges of what is bright move outwards or inwards at most, 0 to 8: strokes become thicker and thinner (dilation and erosion, with parts of a pixel between them).
    /// </summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Thickness { get; init => field = Setting.Within(value, 8f, nameof(Thickness), "how many pixels edges move at most"); }

    /// <summary>The largest change of contrast, 0 to 1, 1 excluded: differences from the picture's mean are multiplied by 1 − <c>Contrast</c> to 1 + <c>Contrast</c>.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Contrast { get; init => field = Setting.Within(value, 0.999f, nameof(Contrast), "the largest change of contrast"); }

    /// <summary>The largest change of brightness, 0 to 1: −<c>Brightness</c> to <c>Brightness</c> is added to all values.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Brightness { get; init => field = Setting.Within(value, 1f, nameof(Brightness), "the largest change of brightness"); }

    /// <summary>The standard deviation of noise that is added to each value, 0 to 1.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Noise { get; init => field = Setting.Within(value, 1f, nameof(Noise), "the deviation of noise"); }

    /// <summary>
    /// The side of a square that is painted over, as a share of the shorter side, 0 to 1. Its middle is any pixel, so that it may lie partly outside
    /// (DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout", 2017).
    /// </summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float Cutout { get; init => field = Setting.Within(value, 1f, nameof(Cutout), "the side of the square painted over as a share of the shorter side"); }

    /// <summary>Whether pictures may be mirrored left to right. Not for letters: a mirrored b is a d.</summary>
    public bool FlipHorizontally { get; init; }

    /// <summary>Whether pictures may be turned upside down, as in a mirror.</summary>
    public bool FlipVertically { get; init; }

    /// <summary>How likely each flip that is allowed is, 0 to 1.</summary>
    /// <inheritdoc cref="Rotation" path="/exception"/>
    public float FlipChance { get; init => field = Setting.Within(value, 1f, nameof(FlipChance), "how likely a flip is"); } = 0.5f;

    /// <summary>The value outside of the picture and of what is painted over; the paper's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public float Fill { get; init => field = Setting.Finite(value, nameof(Fill)); }

    /// <summary>The least value of a pixel, to which contrast, brightness and noise are limited.</summary>
    /// <inheritdoc cref="Fill" path="/exception"/>
    public float Lowest { get; init => field = Setting.Finite(value, nameof(Lowest)); }

    /// <summary>The largest value of a pixel, likewise.</summary>
    /// <inheritdoc cref="Fill" path="/exception"/>
    public float Highest { get; init => field = Setting.Finite(value, nameof(Highest)); } = 1f;

    /// <summary>Changes a picture. After the first one of a size on a thread it allocates nothing.</summary>
    /// <param name="picture">The picture as it is stored, channels last; the same memory as <paramref name="destination"/>, if you like.</param>
    /// <param name="stored">Its shape: another size than the result's is resampled in the same pass.</param>
    /// <param name="destination">Receives the changed picture.</param>
    /// <param name="result">The shape of the result, with as many channels.</param>
    /// <param name="random">The only source of chance.</param>
    /// <exception cref="ArgumentException">A length is not that of its shape, or the channels differ.</exception>
    public void Apply(ReadOnlySpan<float> picture, InputShape stored, Span<float> destination, InputShape result, ref CounterRandom random)
    {
        ImageWarp.Check(picture.Length, stored, destination.Length, result);
        var draw = new AugmentationDraw(this, result, ref random);
        ImageScratch scratch = ImageScratch.OfThread;
        Span<float> bends = default;
        if (Elastic > 0f)
            ElasticField.Draw(bends = scratch.Bends(ElasticField.Length), ref random);
        if (Elastic > 0f || draw.Moves || (stored.Height, stored.Width) != (result.Height, result.Width))
            ImageWarp.Resample(picture, stored, destination, result, draw.Map, Fill, bends, Elastic);
        else
            picture.CopyTo(destination);

        if (draw.Thicker != 0f)
            InkThickness.Change(destination, result, draw.Thicker, scratch.Result(destination.Length));
        if (Contrast > 0f || Brightness > 0f)
            PixelValues.Stretch(destination, draw.Factor, draw.Addend);
        if (Noise > 0f)
            PixelValues.AddNoise(destination, Noise, ref random);
        if (Contrast > 0f || Brightness > 0f || Noise > 0f)
            PixelValues.Limit(destination, Lowest, Highest);
        if (draw.SquareSide > 0)
            PixelValues.PaintSquare(destination, result, draw.SquareSide, draw.SquareColumn, draw.SquareRow, Fill);
    }
}
