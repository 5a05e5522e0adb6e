namespace SiameseGen;

/// <summary>What all layers have in common in which a learned kernel slides over an image.</summary>
public abstract class ConvolutionAttribute : WeightedLayerAttribute
{
    private int? _kernelHeight;
    private int? _kernelWidth;
    private int? _padTop;
    private int? _padBottom;
    private int? _padLeft;
    private int? _padRight;

    private protected ConvolutionAttribute()
    {
    }

    /// <summary>Rows and columns of the kernel, from 1 to 255; dilated, the kernel is no larger than the padded image.</summary>
    public int Kernel { get; set; } = 3;

    /// <summary>Rows of the kernel, from 1 to 255. Not set, it is <see cref="Kernel"/>.</summary>
    public int KernelHeight { get => _kernelHeight ?? Kernel; set => _kernelHeight = value; }

    /// <summary>Columns of the kernel, from 1 to 255. Not set, it is <see cref="Kernel"/>.</summary>
    public int KernelWidth { get => _kernelWidth ?? Kernel; set => _kernelWidth = value; }

    /// <summary>Pixels from one place of the kernel to the next, both ways; from 1 to 8,192.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>
    /// Pixels from one tap of the kernel to the next, both ways; from 1 to 255. A kernel of k taps reaches over (k − 1) · dilation + 1 pixels (Yu and Koltun,
    /// "Multi-Scale Context Aggregation by Dilated Convolutions", 2016).
    /// </summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Rows and columns of zeros on every side, instead of <c>Padding</c>: from 0 to (kernel − 1) · dilation, as more would give outputs that see nothing of the
    /// image. PyTorch's <c>padding</c>.
    /// </summary>
    public int Pad { get; set; }

    /// <summary>Rows of zeros above, instead of <c>Padding</c>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadTop { get => _padTop ?? Pad; set => _padTop = value; }

    /// <summary>Rows of zeros below, instead of <c>Padding</c>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadBottom { get => _padBottom ?? Pad; set => _padBottom = value; }

    /// <summary>Columns of zeros to the left, instead of <c>Padding</c>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadLeft { get => _padLeft ?? Pad; set => _padLeft = value; }

    /// <summary>Columns of zeros to the right, instead of <c>Padding</c>. Not set, it is <see cref="Pad"/>.</summary>
    public int PadRight { get => _padRight ?? Pad; set => _padRight = value; }

    /// <summary>
    /// Whether a bias is added to each channel of the output. Not set, it is added unless batch normalisation follows right away, which would take
    /// it away again.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weights start. Not set, it is <see cref="Initializer.HeUniform"/> where a rectifier follows, be it after batch normalisation, and
    /// <see cref="Initializer.GlorotUniform"/> elsewhere. Biases start at 0.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;
}
