namespace SiameseGen.Compiler.Layers;

/// <summary>
/// What a layer computes when an encoder is used, in terms that any target can carry out: integers, C99, other formats. A target knows these few operations and no
/// layer; a layer that acts in training only has none.
/// </summary>
internal abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>
    /// Sums of products with weights, of an image under a kernel: <see cref="TensorRole.Weight"/> is [rows, columns, channels / groups, filters], and
    /// <see cref="TensorRole.Bias"/>, where there is one, is added. Outside of the image is 0.
    /// </summary>
    /// <param name="Places">The kernel and where it comes to lie.</param>
    /// <param name="Filters">Channels of the output.</param>
    /// <param name="Groups">Parts of channels and filters that have nothing to do with each other.</param>
    internal sealed record Convolution(KernelPlaces Places, int Filters, int Groups) : Operation;

    /// <summary>Sums of products with weights, of all values: <see cref="TensorRole.Weight"/> is [inputs, outputs], and <see cref="TensorRole.Bias"/>, where there is one, is added.</summary>
    internal sealed record Product : Operation;

    /// <summary>(x − mean) / √(variance + ε) · gain + shift for each channel, of the four tensors of a batch normalisation.</summary>
    /// <param name="Epsilon">ε.</param>
    internal sealed record Normalization(float Epsilon) : Operation;

    /// <summary>x · scale + offset.</summary>
    /// <param name="Scale">The factor.</param>
    /// <param name="Offset">What is added.</param>
    internal sealed record Affine(float Scale, float Offset) : Operation;

    /// <summary>A function of each value for itself.</summary>
    /// <param name="Kind">Which one.</param>
    /// <param name="Parameter">The slope of a leaky ReLU, or α of an ELU; else 0.</param>
    internal sealed record Function(FunctionKind Kind, float Parameter = 0f) : Operation;

    /// <summary>x above 0, elsewhere x times the channel's <see cref="TensorRole.Slope"/>.</summary>
    internal sealed record ChannelSlope : Operation;

    /// <summary>The largest or the mean value of each channel in a window. Outside of the image is nothing for the largest, and 0 for the mean, which divides by the whole window.</summary>
    /// <param name="IsMean">Whether it is the mean.</param>
    /// <param name="Down">Rows of the window and where it comes to lie.</param>
    /// <param name="Across">Columns, likewise.</param>
    internal sealed record Window(bool IsMean, KernelSide Down, KernelSide Across) : Operation;

    /// <summary>The generalised mean of each channel over the image, with the exponent <see cref="TensorRole.Power"/>.</summary>
    internal sealed record PowerMean : Operation;

    /// <summary>
    /// Rows of pixels, with their channels in groups, are each brought to mean 0 and variance 1; then each channel is multiplied by
    /// <see cref="TensorRole.Gain"/> and <see cref="TensorRole.Shift"/> is added.
    /// </summary>
    /// <param name="Rows">Rows that are normalised for themselves: all pixels, or 1 for the whole image.</param>
    /// <param name="Groups">Groups of channels, likewise.</param>
    /// <param name="Epsilon">What is added to the variance.</param>
    internal sealed record GroupNormalization(int Rows, int Groups, float Epsilon) : Operation;

    /// <summary>The sum of both branches.</summary>
    internal sealed record Sum : Operation;

    /// <summary>Each channel of the image times the other branch's value for it.</summary>
    internal sealed record ChannelProduct : Operation;

    /// <summary>The vector divided by its length.</summary>
    internal sealed record UnitLength : Operation;

    /// <summary>The same values under another shape.</summary>
    internal sealed record Reshape : Operation;
}

/// <summary>The functions of single values that layers apply.</summary>
internal enum FunctionKind
{
    ReLU,
    LeakyReLU,
    ELU,
    GELU,
    TanhGELU,
    SiLU,
    HardSwish,
    Softplus,
    Sigmoid,
    Tanh,
}
