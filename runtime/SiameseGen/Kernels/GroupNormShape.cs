namespace SiameseGen.Kernels;

/// <summary>The shape of normalisation over groups of channels. Layer normalisation is the case of one group and a row for each pixel.</summary>
/// <param name="Rows">Parts of an item that are normalised each for itself: 1, or as many as there are pixels.</param>
/// <param name="Pixels">Pixels of a row.</param>
/// <param name="Channels">Channels of a pixel.</param>
/// <param name="Groups">Groups of channels, which divide them evenly.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public readonly record struct GroupNormShape(int Rows, int Pixels, int Channels, int Groups, float Epsilon)
{
    /// <summary>Floats in one row.</summary>
    public int RowLength => Pixels * Channels;

    /// <summary>Floats in one item.</summary>
    public int Length => Rows * RowLength;
}
