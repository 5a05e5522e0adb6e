namespace SiameseGen.Shipping;

/// <summary>The shape of pooling of 8-bit codes; images are channels last.</summary>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Channels">Channels.</param>
/// <param name="WindowHeight">Rows of the window.</param>
/// <param name="WindowWidth">Columns of the window.</param>
/// <param name="StrideDown">Rows from one place of the window to the next.</param>
/// <param name="StrideAcross">Columns, likewise.</param>
/// <param name="PadTop">Rows of the border above.</param>
/// <param name="PadLeft">Columns of the border to the left.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
public readonly record struct Int8PoolShape(
    int Height, int Width, int Channels, int WindowHeight, int WindowWidth, int StrideDown, int StrideAcross, int PadTop, int PadLeft, int OutputHeight, int OutputWidth);
