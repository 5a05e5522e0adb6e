using SiameseGen.Losses;

namespace SiameseGen.Optimization;

/// <summary>Updates what a loss learns, by the same rule as the encoder's weights and clipped for itself.</summary>
internal sealed class LossWeightsUpdate(LossWeights weights, Optimizer optimizer, float clipNorm)
{
    private float _norm;

    /// <summary>What the rule remembers.</summary>
    public OptimizerState State { get; } = new(optimizer, weights.Parameters.Info);

    /// <summary>Whether the last gradient is made of finite numbers.</summary>
    public bool IsFinite => float.IsFinite(_norm);

    /// <summary>Measures the gradient of a loss that has just been computed.</summary>
    public void Measure() => _norm = MathF.Sqrt(LaneSums.Product(weights.Gradients, weights.Gradients));

    /// <summary>Updates the weights.</summary>
    public void Apply(float learningRate)
    {
        float scale = clipNorm > 0f ? Math.Min(clipNorm / (_norm + 1e-6f), 1f) : 1f;
        State.Updates++;
        foreach (ParameterTensor tensor in weights.Parameters.Info.Tensors)
        {
            var step = new UpdateStep(State.Updates, learningRate * tensor.LearningRateFactor, scale, 0f);
            State.Update(step, tensor.Offset, weights.Values.Slice(tensor.Offset, tensor.Length), weights.Gradients.Slice(tensor.Offset, tensor.Length));
        }
    }
}
