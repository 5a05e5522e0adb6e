using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Export.Integers;

/// <summary>The weights of one step as floats, a batch normalisation folded in: for each filter its products in the order row, column, channel of the group, and a bias.</summary>
internal sealed class FoldedWeights
{
    private FoldedWeights(int filters, int depth)
    {
        Depth = depth;
        Weights = new float[filters * depth];
        Biases = new float[filters];
    }

    /// <summary>Products of a filter.</summary>
    public int Depth { get; }

    /// <summary>The weights, filter after filter.</summary>
    public float[] Weights { get; }

    /// <summary>The biases.</summary>
    public float[] Biases { get; }

    /// <summary>Folds the weights of a step of kind <see cref="IntegerKind.Convolution"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="layout">Where tensors are.</param>
    /// <param name="parameters">The tensors.</param>
    public static FoldedWeights Of(IntegerStep step, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        var folded = new FoldedWeights(step.Filters, step.Depth);
        switch (step.Layer.Operation)
        {
            case Operation.Affine affine:
                folded.Weights.AsSpan().Fill(affine.Scale);
                folded.Biases.AsSpan().Fill(affine.Offset);
                break;
            case Operation.Normalization:
                folded.Weights.AsSpan().Fill(1f);
                folded.Normalize(step.Layer, layout, parameters);
                break;
            default:
                folded.Read(step, layout, parameters);
                break;
        }

        if (step.Normalization is { } normalization)
            folded.Normalize(normalization, layout, parameters);
        return folded;
    }

    // From [row, column, channel of the group, filter].
    private void Read(IntegerStep step, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        ReadOnlySpan<float> weights = Tensor(step.Layer, TensorRole.Weight, layout, parameters), biases = Tensor(step.Layer, TensorRole.Bias, layout, parameters);
        for (int filter = 0; filter < step.Filters; filter++)
        {
            for (int k = 0; k < Depth; k++)
                Weights[(filter * Depth) + k] = weights[(k * step.Filters) + filter];
        }

        if (!biases.IsEmpty)
            biases.CopyTo(Biases);
    }

    private void Normalize(Layer layer, ParameterLayout layout, ReadOnlySpan<float> parameters)
    {
        float epsilon = ((Operation.Normalization)layer.Operation!).Epsilon;
        ReadOnlySpan<float> gain = Tensor(layer, TensorRole.Gain, layout, parameters), shift = Tensor(layer, TensorRole.Shift, layout, parameters);
        ReadOnlySpan<float> mean = Tensor(layer, TensorRole.RunningMean, layout, parameters), variance = Tensor(layer, TensorRole.RunningVariance, layout, parameters);
        for (int filter = 0; filter < Biases.Length; filter++)
        {
            double factor = gain[filter] / Math.Sqrt(variance[filter] + (double)epsilon);
            for (int k = 0; k < Depth; k++)
                Weights[(filter * Depth) + k] = (float)(Weights[(filter * Depth) + k] * factor);
            Biases[filter] = (float)(((Biases[filter] - mean[filter]) * factor) + shift[filter]);
        }
    }

    /// <summary>A tensor of a layer; empty when it has none of the role.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="role">The role.</param>
    /// <param name="layout">Where tensors are.</param>
    /// <param name="parameters">The tensors.</param>
    public static ReadOnlySpan<float> Tensor(Layer layer, TensorRole role, ParameterLayout layout, ReadOnlySpan<float> parameters) =>
        layout.Find(layer, role.ToString()) is { } placed ? parameters.Slice((int)placed.Offset, (int)placed.Tensor.Count) : default;
}
