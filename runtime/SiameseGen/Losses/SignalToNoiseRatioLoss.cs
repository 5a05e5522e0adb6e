using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// A contrastive loss on the signal-to-noise ratio: D(a, b) = var(a − b) / var(a), the variance being that of an embedding's values; max(0, D_ap − m₊) for positives and max(0, m₋ − D_an) for
/// negatives (Yuan et al., "Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning", 2019).
/// </summary>
/// <remarks>
/// The mean over the positive pairs with a loss above 0 plus that over the negative ones. D is not symmetric: every item is the anchor of each of its pairs once. Embeddings are compared by their
/// Euclidean distance afterwards; a <see cref="ContrastiveLoss"/> on <see cref="DistanceMetric.SignalToNoise"/> compares them by D. An embedding whose values are all equal has no signal and is no anchor.
/// </remarks>
public sealed class SignalToNoiseRatioLoss : EmbeddingLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="positiveMargin">The ratio m₊ that positives are to be below, 0 or above.</param>
    /// <param name="negativeMargin">The ratio m₋ that negatives are to be above, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SignalToNoiseRatioLoss(float positiveMargin = 0f, float negativeMargin = 1f)
    {
        if (!(positiveMargin >= 0f && float.IsFinite(positiveMargin)))
            throw new ArgumentOutOfRangeException(nameof(positiveMargin), positiveMargin, "A margin of positives is 0 or above, and finite.");
        if (!(negativeMargin > 0f && float.IsFinite(negativeMargin)))
            throw new ArgumentOutOfRangeException(nameof(negativeMargin), negativeMargin, "A margin of negatives is above 0 and finite.");
        PositiveMargin = positiveMargin;
        NegativeMargin = negativeMargin;
    }

    /// <summary>The ratio m₊ that positives are to be below.</summary>
    public float PositiveMargin { get; }

    /// <summary>The ratio m₋ that negatives are to be above.</summary>
    public float NegativeMargin { get; }

    /// <inheritdoc/>
    public override string Name => "Signal-to-noise ratio";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Euclidean;

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>When nothing is active, loss and gradient are 0.</remarks>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        int count = batch.Count;
        ReadOnlySpan<int> classes = batch.Classes;
        ReadOnlySpan<float> signals = workspace.Lengths.AsSpan(0, count);
        SignalToNoiseMatrix.Forward(count, embeddings, workspace);
        Tally positives = default, negatives = default;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> distances = workspace.Distances.AsSpan(i * count, count);
            Span<float> slopes = workspace.DistanceGradients.AsSpan(i * count, count);
            for (int j = 0; j < count; j++)
            {
                if (j == i || SignalToNoiseMatrix.HasNoSignal(signals[i]))
                    continue;
                if (classes[j] == classes[i])
                    slopes[j] = positives.Add(distances[j], distances[j] - PositiveMargin) ? 1f : 0f;
                else
                    slopes[j] = negatives.Add(distances[j], NegativeMargin - distances[j]) ? -1f : 0f;
            }
        }

        // So far the slopes are those of the sums; now they become those of the means.
        for (int i = 0; i < count; i++)
        {
            Span<float> slopes = workspace.DistanceGradients.AsSpan(i * count, count);
            for (int j = 0; j < count; j++)
                slopes[j] *= classes[j] == classes[i] ? positives.Share : negatives.Share;
        }

        SignalToNoiseMatrix.Backward(1f, count, gradients, workspace);
        double pairs = positives.Pairs + negatives.Pairs;
        return new LossResult(
            (float)(positives.Mean + negatives.Mean), pairs == 0 ? 0f : (float)((positives.Active + negatives.Active) / pairs), positives.MeanDistance, negatives.MeanDistance);
    }

    private struct Tally
    {
        private double _distance;
        private double _loss;

        public long Pairs { get; private set; }

        public long Active { get; private set; }

        public readonly float Share => Active == 0 ? 0f : 1f / Active;

        public readonly double Mean => Active == 0 ? 0 : _loss / Active;

        public readonly float MeanDistance => Pairs == 0 ? 0f : (float)(_distance / Pairs);

        public bool Add(float distance, float loss)
        {
            Pairs++;
            _distance += distance;
            if (loss <= 0f)
                return false;
            Active++;
            _loss += loss;
            return true;
        }
    }
}
