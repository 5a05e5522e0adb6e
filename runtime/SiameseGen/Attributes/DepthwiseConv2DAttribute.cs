namespace SiameseGen;

/// <summary>Depthwise convolution: slides a learned filter of its own over each channel.</summary>
/// <remarks>
/// <para>
/// H × W × C becomes H' × W' × C, where <see cref="Padding"/> says how H' and W' follow from H and W: y[i, j, c] = b[c] +
/// Σ x[i·s + u·d − top, j·s + v·d − left, c] · w[u, v, c] over the kernel's rows u and its columns v, as PyTorch's <c>Conv2d</c> with as many groups as
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
public sealed class DepthwiseConv2DAttribute : ConvolutionAttribute
{
    /// <summary>What happens at the border, unless <see cref="ConvolutionAttribute.Pad"/> or one of its sides says how many zeros there are.</summary>
    public Padding Padding { get; set; } = Padding.Same;
}
