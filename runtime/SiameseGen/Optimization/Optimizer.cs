namespace SiameseGen.Optimization;

/// <summary>A rule that turns gradients into new weights. Instances hold settings only; what a rule remembers is in <see cref="OptimizerState"/>.</summary>
/// <remarks>
/// A rule works on each weight for itself, so that any part of the buffer can be updated on any thread with the same result.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Floats to remember for each weight: 0, 1 or 2.</summary>
    public abstract int Moments { get; }

    /// <summary>Updates a run of weights.</summary>
    /// <param name="step">What holds for the whole run.</param>
    /// <param name="values">The weights, updated.</param>
    /// <param name="gradients">d loss / d weights, before scaling by <see cref="UpdateStep.GradientScale"/>.</param>
    /// <param name="first">The first remembered float of each weight; empty when <see cref="Moments"/> is 0.</param>
    /// <param name="second">The second remembered float of each weight; empty unless <see cref="Moments"/> is 2.</param>
    public abstract void Update(
        in UpdateStep step, Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second);

    private protected static void RequireShare(float value, string name)
    {
        if (!(value >= 0f && value < 1f))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is between 0 and 1, 1 excluded.");
    }

    private protected static void RequireNotNegative(float value, string name)
    {
        if (!(value >= 0f) || float.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is 0 or more and finite.");
    }
}

/// <summary>What holds for all weights of one update.</summary>
/// <param name="Number">The update's number, from 1.</param>
/// <param name="LearningRate">The learning rate of this step for these weights.</param>
/// <param name="GradientScale">The factor on gradients that clipping asks for, between 0 and 1.</param>
/// <param name="WeightDecayFactor">The factor on weight decay: 0 for biases, gains and shifts, and 1 for weights unless their layer says otherwise.</param>
public readonly record struct UpdateStep(int Number, float LearningRate, float GradientScale, float WeightDecayFactor);
