using System.Collections.Immutable;

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
    string Name, int Offset, ImmutableArray<int> Shape, ParameterRole Role, Initializer Initializer, int FanIn, int FanOut)
{
    /// <summary>Floats in the tensor.</summary>
    public int Length { get; } = Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether the layer is frozen, so that training leaves the tensor as it is.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>
    /// Whether the layer adds up the gradient over the whole batch, in the first shard's memory, so that the other shards' is never touched. Only a speed depends on it.
    /// </summary>
    public bool HasBatchGradient { get; init; }

    /// <summary>Where the values start with <see cref="SiameseGen.Initializer.Constant"/>.</summary>
    public float InitialValue { get; init; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public float LearningRateFactor { get; init; } = 1f;

    /// <summary>What the optimizer's weight decay is multiplied by; only weights decay.</summary>
    public float WeightDecayFactor { get; init; } = 1f;

    /// <summary>Whether the tensor has a gradient, as running statistics have not; one that is frozen has.</summary>
    public bool IsTrainable => Role is not (ParameterRole.RunningMean or ParameterRole.RunningVariance);

    /// <summary>Whether weight decay applies: to weights only, not to biases, gains or statistics, and not to frozen weights.</summary>
    public bool Decays => Role is ParameterRole.Weight && WeightDecayFactor > 0f && !IsFrozen;
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

    /// <summary>The slope of a rectifier below 0, a channel.</summary>
    Slope,

    /// <summary>The power of a generalised mean.</summary>
    Power,
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

    /// <summary>Uniform in ±√(3 / fan-in), for layers whose inputs keep their variance (LeCun et al., 1998; Klambauer et al., 2017).</summary>
    LeCunUniform,

    /// <summary>About normal with variance 2 / fan-in (He et al., 2015): the sum of twelve uniform numbers, which ends at six deviations.</summary>
    HeNormal,

    /// <summary>About normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010), drawn likewise.</summary>
    GlorotNormal,

    /// <summary>About normal with variance 1 / fan-in (LeCun et al., 1998), drawn likewise.</summary>
    LeCunNormal,

    /// <summary>All <see cref="ParameterTensor.InitialValue"/>.</summary>
    Constant,
}
