using System.Globalization;

namespace SiameseGen.Losses;

/// <summary>
/// SimSiam: the mean of 1 − cos(h(z₁), z₂) and 1 − cos(h(z₂), z₁) over the examples, with a predictor h that is learned, and no gradient through the embedding that is predicted (Chen and He, "Exploring Simple Siamese
/// Representation Learning", 2021, whose loss is 1 less).
/// </summary>
/// <remarks>
/// The predictor is a dense layer to few hidden values, batch normalisation over both views, a rectifier, and a dense layer back. It is <see cref="LossWorkspace.Learned"/>: the hidden layer's weights, its gains and shifts, the
/// output's weights, a row for each value, and its biases. It serves training only.
/// </remarks>
public sealed class SimSiamLoss : ViewLoss
{
    private const float Epsilon = 1e-5f;

    /// <summary>Makes a loss.</summary>
    /// <param name="hidden">Hidden values of the predictor; 0 for a quarter of the embedding's, as the paper has it.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the predictor, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SimSiamLoss(int hidden = 0, float learningRateFactor = 1f)
    {
        if (hidden is < 0 or > 65_536)
            throw new ArgumentOutOfRangeException(nameof(hidden), hidden, "There are 1 to 65,536 hidden values, or 0 for a quarter of the embedding's.");
        if (!(learningRateFactor >= 0f && float.IsFinite(learningRateFactor)))
            throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "A factor is 0 or above, and finite.");
        Hidden = hidden;
        LearningRateFactor = learningRateFactor;
    }

    /// <summary>Hidden values of the predictor; 0 for a quarter of the embedding's.</summary>
    public int Hidden { get; }

    /// <summary>What the learning rate is multiplied by for the predictor.</summary>
    public float LearningRateFactor { get; }

    /// <inheritdoc/>
    public override string Name => "SimSiam";

    /// <inheritdoc/>
    /// <remarks>False: no gradient goes through the embedding that is predicted.</remarks>
    public override bool HasExactGradient => false;

    /// <inheritdoc/>
    public override bool LearnsWeights => true;

    /// <inheritdoc/>
    public override LossWeights CreateWeights(int classes, int embeddingLength, int seed)
    {
        int hidden = HiddenOf(embeddingLength), outputs = hidden * (embeddingLength + 2);
        return new LossWeights(
            Name, string.Create(CultureInfo.InvariantCulture, $"a predictor of {embeddingLength} by {hidden} values"), classes: 0, perClass: 0, embeddingLength, LearningRateFactor, seed,
            new ParameterTensor("predictor.hidden.weight", 0, [hidden, embeddingLength], ParameterRole.Weight, Initializer.HeUniform, embeddingLength, hidden),
            new ParameterTensor("predictor.hidden.gain", hidden * embeddingLength, [hidden], ParameterRole.Gain, Initializer.Ones, 1, 1),
            new ParameterTensor("predictor.hidden.shift", hidden * (embeddingLength + 1), [hidden], ParameterRole.Shift, Initializer.Zeros, 1, 1),
            new ParameterTensor("predictor.output.weight", outputs, [embeddingLength, hidden], ParameterRole.Weight, Initializer.GlorotUniform, hidden, embeddingLength),
            new ParameterTensor("predictor.output.bias", outputs + (hidden * embeddingLength), [embeddingLength], ParameterRole.Bias, Initializer.Zeros, hidden, embeddingLength));
    }

    private int HiddenOf(int embeddingLength) => Hidden > 0 ? Hidden : Math.Max(1, embeddingLength / 4);

    private protected override double OfViews(int examples, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength, items = 2 * examples;
        var predictor = new Predictor(workspace, items, HiddenOf(length), Epsilon);
        ReadOnlySpan<float> predictions = predictor.Forward(embeddings);
        Span<float> slopes = workspace.Scratch(4, items * length).AsSpan(0, items * length);
        slopes.Clear();
        double loss = 0;
        for (int i = 0; i < items; i++)
        {
            ReadOnlySpan<float> prediction = predictions.Slice(i * length, length), target = embeddings.Slice((i + examples) % items * length, length);
            float distance = Distances.Between(DistanceMetric.Cosine, prediction, target);
            loss += distance;
            Distances.Gradient(DistanceMetric.Cosine, prediction, target, distance, 1f / items, slopes.Slice(i * length, length));
        }

        predictor.Backward(embeddings, slopes, gradients);
        return loss / items;
    }
}
