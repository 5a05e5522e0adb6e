namespace SiameseGen;

/// <summary>One named tensor in the parameter buffer.</summary>
/// <param name="Name">The layer and the role, such as <c>conv2d1.weight</c>; unique in a model.</param>
/// <param name="Offset">First float in <see cref="Parameters.Values"/>.</param>
/// <param name="Shape">Sizes, outermost first: convolution weights are height × width × input channels × filters, dense weights inputs × outputs.</param>
/// <param name="Role">What the tensor is, which decides initial value and weight decay.</param>
/// <param name="Initializer">How the initial values are drawn.</param>
/// <param name="FanIn">Inputs that reach one output, for the initializer.</param>
/// <param name="FanOut">Outputs that one input reaches, for the initializer.</param>
public sealed record ParameterTensor(
    string Name, int Offset, int[] Shape, ParameterRole Role, Initializer Initializer, int FanIn, int FanOut)
{
    /// <summary>Floats in the tensor.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether an optimizer updates the tensor.</summary>
    public bool IsTrainable => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance);

    /// <summary>Whether weight decay applies: to weights only, not to biases, gains or statistics.</summary>
    public bool Decays => Role is ParameterRole.Weight;
}

/// <summary>What a parameter tensor is.</summary>
public enum ParameterRole
{
    /// <summary>Weights of a convolution or a dense layer.</summary>
    Weight,

    /// <summary>A bias a channel.</summary>
    Bias,

    /// <summary>The scale γ of a normalisation layer.</summary>
    Gain,

    /// <summary>The shift β of a normalisation layer.</summary>
    Shift,

    /// <summary>The running mean of batch normalisation.</summary>
    RunningMean,

    /// <summary>The running variance of batch normalisation.</summary>
    RunningVariance,
}

/// <summary>How initial values are drawn.</summary>
public enum Initializer
{
    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,

    /// <summary>Uniform in ±√(6 / fan-in), for layers followed by a rectifier (He et al., 2015).</summary>
    HeUniform,

    /// <summary>Uniform in ±√(6 / (fan-in + fan-out)), for the others (Glorot and Bengio, 2010).</summary>
    GlorotUniform,
}
