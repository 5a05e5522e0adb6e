using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>The shape of what flows between two layers: an image, channels last, or a vector.</summary>
/// <param name="Height">Rows; 1 for a vector.</param>
/// <param name="Width">Columns; 1 for a vector.</param>
/// <param name="Channels">Values a pixel; the length of a vector.</param>
/// <param name="IsImage">Whether it is an image.</param>
internal readonly record struct Shape(int Height, int Width, int Channels, bool IsImage)
{
    /// <summary>Most floats in one item. A batch of 127 such items can still be addressed.</summary>
    public const int MaxLength = 1 << 24;

    /// <summary>Floats, without overflow.</summary>
    public long Count => (long)Height * Width * Channels;

    /// <summary>Floats of a shape that was checked.</summary>
    public int Length => checked((int)Count);

    /// <summary>Pixels of an image, 1 for a vector.</summary>
    public int Pixels => Height * Width;

    /// <summary>A vector.</summary>
    /// <param name="length">Its length.</param>
    public static Shape Vector(int length) => new(1, 1, length, false);

    /// <summary>An image.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels.</param>
    public static Shape Image(int height, int width, int channels) => new(height, width, channels, true);

    /// <summary>Such as <c>28×28×64</c> or <c>64</c>.</summary>
    public override string ToString() => IsImage ? Invariant($"{Height}×{Width}×{Channels}") : Text.Number(Channels);
}
