namespace SiameseGen;

/// <summary>Convolution: slides learned filters over an image, so that a pattern is found wherever it lies.</summary>
/// <remarks>
/// <para>
/// H × W × C becomes H' × W' × <see cref="Filters"/>, where <see cref="Padding"/> says how H' and W' follow from H and W. It is a
/// cross-correlation, y[i, j, f] = b[f] + Σ x[i·s + u·d − top, j·s + v·d − left, c] · w[u, v, c, f] over the kernel's rows u, its columns v
/// and the channels c of the filter's group, as PyTorch's <c>Conv2d</c>. Parameters: kernel rows · columns · C / groups · filters weights, and as many biases as filters.
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
public sealed class Conv2DAttribute(int filters) : ConvolutionAttribute
{
    /// <summary>Filters: the channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>
    /// Groups that channels and filters are divided into, each filter seeing the channels of its group only; divides both. As many as channels and filters: a
    /// <see cref="DepthwiseConv2DAttribute"/>. Krizhevsky, Sutskever and Hinton, 2012; Xie et al., "Aggregated Residual Transformations for Deep Neural Networks", 2017.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>What happens at the border, unless <see cref="ConvolutionAttribute.Pad"/> or one of its sides says how many zeros there are.</summary>
    public Padding Padding { get; set; } = Padding.Valid;
}
