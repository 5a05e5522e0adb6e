using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>A tensor of parameters that a layer asks for.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Initializer">The member of <c>SiameseGen.Initializer</c>.</param>
/// <param name="FanIn">Inputs that reach one output.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
internal sealed record Tensor(TensorRole Role, IReadOnlyList<int> Shape, string Initializer, int FanIn, int FanOut)
{
    /// <summary>Floats, without overflow.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Where it starts, if the initializer is <c>Constant</c>.</summary>
    public float InitialValue { get; init; }

    /// <summary>Whether its layer adds up the gradient over the whole batch at once, in place of one a shard.</summary>
    public bool HasBatchGradient { get; init; }

    /// <summary>Whether its layer is frozen.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>What the learning rate is multiplied by.</summary>
    public float LearningRateFactor { get; init; } = 1f;

    /// <summary>What the weight decay is multiplied by.</summary>
    public float WeightDecayFactor { get; init; } = 1f;

    /// <summary>Whether it has a gradient; one that is frozen has, too.</summary>
    public bool IsTrainable => Role is not (TensorRole.RunningMean or TensorRole.RunningVariance);

    /// <summary>Such as <c>3×3×64×64</c>.</summary>
    public string ShapeText => string.Join("×", Shape.Select(size => Text.Number(size)));

    /// <summary>The role as part of a tensor's name, such as <c>running_mean</c>.</summary>
    public string RoleText => Role switch
    {
        TensorRole.RunningMean => "running_mean",
        TensorRole.RunningVariance => "running_variance",
        _ => Role.ToString().ToLowerInvariant(),
    };
}

/// <summary>The members of <c>SiameseGen.ParameterRole</c>.</summary>
internal enum TensorRole
{
    Weight,
    Bias,
    Gain,
    Shift,
    RunningMean,
    RunningVariance,
    Slope,
    Power,
}
