namespace SiameseGen;

/// <summary>The encoder reads images of one fixed size: height × width × channels.</summary>
/// <remarks>
/// Values are floats, row by row, the channels of a pixel next to each other. 8-bit pixels are scaled from 0…255 to 0…1.
/// </remarks>
/// <param name="height">Rows, at least 1.</param>
/// <param name="width">Columns, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ImageAttribute(int height, int width) : InputAttribute
{
    /// <summary>Rows.</summary>
    public int Height { get; } = height;

    /// <summary>Columns.</summary>
    public int Width { get; } = width;

    /// <summary>Values per pixel, at least 1: 1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; set; } = 1;
}
