namespace SiameseGen;

/// <summary>What all layers have in common in which a window slides over an image.</summary>
public abstract class PoolingAttribute : LayerAttribute
{
    private int? _stride;
    private int? _padTop;
    private int? _padBottom;
    private int? _padLeft;
    private int? _padRight;

    private protected PoolingAttribute(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Rows of the window.</summary>
    public int Height { get; }

    /// <summary>Columns of the window.</summary>
    public int Width { get; }

    /// <summary>
    /// Pixels from one window to the next, both ways; at least 1. Not set, it is <see cref="Height"/> down and <see cref="Width"/> across, so that windows touch
    /// but do not overlap.
    /// </summary>
    public int Stride { get => _stride ?? Height; set => _stride = value; }

    /// <summary>What happens at the border, unless <see cref="Pad"/> or one of its sides says how wide it is.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Rows and columns of a border on every side, instead of <see cref="Padding"/>: from 0 to half a window, as in PyTorch.</summary>
    public int Pad { get; set; }

    /// <summary>Rows of the border above, instead of <see cref="Padding"/>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadTop { get => _padTop ?? Pad; set => _padTop = value; }

    /// <summary>Rows of the border below, instead of <see cref="Padding"/>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadBottom { get => _padBottom ?? Pad; set => _padBottom = value; }

    /// <summary>Columns of the border to the left, instead of <see cref="Padding"/>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadLeft { get => _padLeft ?? Pad; set => _padLeft = value; }

    /// <summary>Columns of the border to the right, instead of <see cref="Padding"/>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadRight { get => _padRight ?? Pad; set => _padRight = value; }
}
