namespace SiameseGen.Compiler.Layers;

/// <summary>A window or kernel along one side of an image.</summary>
/// <param name="Size">Pixels of the image.</param>
/// <param name="Taps">Pixels that the window covers.</param>
/// <param name="Stride">Pixels from one place of the window to the next.</param>
/// <param name="Dilation">Pixels from one tap to the next.</param>
/// <param name="Before">Pixels of the border above or to the left.</param>
/// <param name="After">Pixels of the border below or to the right.</param>
internal readonly record struct KernelSide(int Size, int Taps, int Stride, int Dilation, int Before, int After)
{
    /// <summary>A window over a whole side.</summary>
    /// <param name="size">Pixels of the side.</param>
    public static KernelSide Whole(int size) => new(size, size, 1, 1, 0, 0);

    /// <summary>Pixels from the first tap to the last.</summary>
    public int Reach => (Taps - 1) * Dilation;

    /// <summary>Whether the window fits into the bordered image.</summary>
    public bool Fits => Reach < Size + Before + After;

    /// <summary>Places of the window; a rest that does not fill one is left out.</summary>
    public int Places => ((Size + Before + After - Reach - 1) / Stride) + 1;
}
