namespace SiameseGen;

/// <summary>
/// Depthwise separable convolution: a <see cref="DepthwiseConv2DAttribute"/> of each channel for itself, then a <see cref="Conv2DAttribute"/> of 1×1 that mixes the
/// channels (Chollet, <i>Xception</i>, 2017). About <c>Kernel</c>² times fewer multiply-adds than a full convolution. As Keras's <c>SeparableConv2D</c>: no bias and
/// nothing else between the two. Image H×W×C to H′×W′×<c>filters</c>.
/// </summary>
/// <param name="filters">Channels of the output, from 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SeparableConv2DAttribute(int filters) : WeightedLayerAttribute
{
    /// <summary>Channels of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Rows and columns of the depthwise kernel, from 1 to 255.</summary>
    public int Kernel { get; set; } = 3;

    /// <summary>The depthwise kernel's step, from 1 to 8,192.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>What lies beyond the image's border.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Whether each filter has a bias. Unless set: yes, except right before <see cref="BatchNormAttribute"/>, which would take it away again.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// How the weights start. Not set, it is <see cref="Initializer.HeUniform"/> where a rectifier follows, be it after batch normalisation, and
    /// <see cref="Initializer.GlorotUniform"/> elsewhere. Biases start at 0.
    /// </summary>
    public Initializer Initializer { get; set; } = Initializer.GlorotUniform;
}
