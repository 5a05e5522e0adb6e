using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>Images as they lie in memory.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Pixel">Floats of a pixel.</param>
internal readonly record struct ImageSize(int Height, int Width, int Pixel)
{
    /// <summary>Floats of a row.</summary>
    public int Row => Width * Pixel;

    /// <summary>Floats of an image.</summary>
    public int Length => Height * Row;
}

/// <summary>A patch of an image, from one of its channels on. What of it lies outside the image is zero.</summary>
/// <param name="image">The channel of the image's first pixel.</param>
/// <param name="size">The image.</param>
/// <param name="top">The patch's first row; negative above the image.</param>
/// <param name="left">The patch's first column; negative to the left of the image.</param>
/// <param name="zero">A vector of zeros.</param>
internal readonly ref struct WinogradPatch(ref float image, ImageSize size, int top, int left, ref float zero)
{
    /// <summary>The channel of the image's first pixel.</summary>
    public readonly ref float Image = ref image;

    /// <summary>A vector of zeros.</summary>
    public readonly ref float Zero = ref zero;

    /// <summary>The image.</summary>
    public ImageSize Size { get; } = size;

    /// <summary>The patch's first row.</summary>
    public int Top { get; } = top;

    /// <summary>The patch's first column.</summary>
    public int Left { get; } = left;

    /// <summary>The same from a later channel on.</summary>
    /// <param name="channel">The channel.</param>
    public WinogradPatch From(int channel) => new(ref Unsafe.Add(ref Image, channel), Size, Top, Left, ref Zero);
}
