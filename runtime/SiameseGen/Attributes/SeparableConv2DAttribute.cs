namespace SiameseGen;

/// <summary>
/// Depthwise separable convolution: a <see cref="DepthwiseConv2DAttribute"/> of each channel for itself, then a <see cref="Conv2DAttribute"/> of 1×1 that mixes the
/// channels (Chollet, <i>Xception</i>, 2017). About <c>Kernel</c>² times fewer multiply-adds than a full convolution. As Keras's <c>SeparableConv2D</c>: no bias and
/// nothing else between the two. Image H×W×C to H′×W′×<c>filters</c>.
/// </summary>
/// <param name="filters">Channels of the output, from 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SeparableConv2DAttribute(int filters) : ConvolutionAttribute
{
    /// <summary>Channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>What happens at the border, unless <see cref="ConvolutionAttribute.Pad"/> or one of its sides says how many zeros there are.</summary>
    public Padding Padding { get; set; } = Padding.Valid;
}
