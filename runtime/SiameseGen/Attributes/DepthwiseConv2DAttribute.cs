namespace SiameseGen;

/// <summary>Depthwise convolution: slides a learned filter of its own over each channel.</summary>
/// <remarks>
/// <para>
/// H × W × C becomes H' × W' × C, where <see cref="Padding"/> says how H' and W' follow from H and W: y[i, j, c] = b[c] +
/// Σ x[i·s + u − top, j·s + v − left, c] · w[u, v, c] over the kernel's rows u and its columns v, as PyTorch's <c>Conv2d</c> with as many groups as
/// channels. Parameters: kernel² · C weights, and as many biases as channels.
/// </para>
/// <para>
/// Channels do not mix. A <see cref="Conv2DAttribute"/> with a kernel of one pixel after it mixes them; the two together are a depthwise-separable
/// convolution, which takes a fraction of the multiply-adds and weights of a full one.
/// </para>
/// <para>Weights and biases start as those of <see cref="Conv2DAttribute"/>, where a filter's inputs are kernel² and so are an input's outputs.</para>
/// <para>
/// Sifre, "Rigid-Motion Scattering for Image Classification", 2014; Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
/// Applications", 2017.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute : WeightedLayerAttribute
{
    /// <summary>Rows and columns of the kernel; at least 1 and no larger than the padded image.</summary>
    public int Kernel { get; set; } = 3;

    /// <summary>Pixels from one place of the kernel to the next, both ways; at least 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>What happens at the border.</summary>
    public Padding Padding { get; set; } = Padding.Same;

    /// <summary>
    /// Whether a bias is added to each channel's output. Not set, it is added unless batch normalisation follows right away, which would take
    /// it away again.
    /// </summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weights start. Not set, it is <see cref="Initializer.HeUniform"/> where a rectifier follows, be it after batch normalisation, and
    /// <see cref="Initializer.GlorotUniform"/> elsewhere. Biases start at 0.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;
}
