namespace SiameseGen;

/// <summary>Convolution: slides learned filters over an image, so that a pattern is found wherever it lies.</summary>
/// <remarks>
/// <para>
/// H × W × C becomes H' × W' × <see cref="Filters"/>, where <see cref="Padding"/> says how H' and W' follow from H and W. It is a
/// cross-correlation, y[i, j, f] = b[f] + Σ x[i·s + u − top, j·s + v − left, c] · w[u, v, c, f] over the kernel's rows u, its columns v
/// and the channels c, as PyTorch's <c>Conv2d</c>. Parameters: kernel² · C · filters weights, and as many biases as filters.
/// </para>
/// <para>
/// Weights start at random after He et al., "Delving Deep into Rectifiers", 2015, where a rectifier follows (batch normalisation may
/// stand between), and otherwise after Glorot and Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks",
/// 2010; biases start at 0.
/// </para>
/// <para>Fukushima, "Neocognitron", 1980; LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998.</para>
/// </remarks>
/// <param name="filters">Filters, which is the number of channels of the output; at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute(int filters) : WeightedLayerAttribute
{
    /// <summary>Filters: the channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Rows and columns of the kernel; at least 1 and no larger than the padded image.</summary>
    public int Kernel { get; set; } = 3;

    /// <summary>Pixels from one place of the kernel to the next, both ways; at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>What happens at the border.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>
    /// Whether a bias is added to each filter's output. Not set, it is added unless batch normalisation follows right away, which would take
    /// it away again.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weights start. Not set, it is <see cref="Initializer.HeUniform"/> where a rectifier follows, be it after batch normalisation, and
    /// <see cref="Initializer.GlorotUniform"/> elsewhere. Biases start at 0.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;
}
