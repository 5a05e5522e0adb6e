using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// The N-pairs loss of an anchor and a positive: ln(1 + Σ_n exp(a·n − a·p)) with the embeddings as they are, plus λ times the mean squared length of the embeddings, which keeps it from
/// being satisfied by long ones (Sohn, "Improved Deep Metric Learning with Multi-class N-pair Loss Objective", 2016).
/// </summary>
/// <remarks>
/// The mean over all pairs of an anchor and a positive; the sum is over all negatives of the anchor, so that with two examples a class it is the paper's. Embeddings are compared
/// by their cosine distance afterwards. Use it without <see cref="SiameseGen.L2NormalizeAttribute"/>, or as <see cref="NTXentLoss"/> with it.
/// </remarks>
public sealed class NPairsLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="regularization">The factor λ of the squared lengths, 0 or above.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public NPairsLoss(float regularization = 0.002f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(regularization >= 0f && float.IsFinite(regularization)))
            throw new ArgumentOutOfRangeException(nameof(regularization), regularization, "A factor is 0 or above, and finite.");
        Regularization = regularization;
    }

    /// <summary>The factor λ of the squared lengths, 0 or above.</summary>
    public float Regularization { get; }

    /// <inheritdoc/>
    public override string Name => "N-pairs";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    /// <remarks>False: it compares products, which are no distances.</remarks>
    public override bool AcceptsMiner => false;

    /// <inheritdoc/>
    /// <remarks>False: its regularizer counts the embeddings of one batch.</remarks>
    public override bool AcceptsMemory => false;

    /// <inheritdoc/>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        LossResult result = base.Evaluate(batch, embeddings, gradients, workspace);
        if (embeddings.Length == 0)
            return result;
        float share = Regularization / batch.Count;
        double square = 0;
        for (int i = 0; i < embeddings.Length; i++)
        {
            square += (double)embeddings[i] * embeddings[i];
            gradients[i] += 2f * share * embeddings[i];
        }

        return result with { Loss = result.Loss + (float)(share * square) };
    }

    // Cosine distances, from the products and their diagonal, which are the squared lengths.
    private protected override (float Positive, float Negative) MeanDistances(ReadOnlySpan<int> classes, LossWorkspace workspace)
    {
        int count = classes.Length;
        ReadOnlySpan<float> products = workspace.Distances;
        Span<float> scales = workspace.Lengths;
        for (int i = 0; i < count; i++)
            scales[i] = products[(i * count) + i] > 0f ? (float)(1 / Math.Sqrt(products[(i * count) + i])) : 0f;
        double near = 0, far = 0;
        int positives = 0, negatives = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = 1 - ((double)products[(i * count) + j] * scales[i] * scales[j]);
                if (classes[i] == classes[j])
                    (near, positives) = (near + distance, positives + 1);
                else
                    (far, negatives) = (far + distance, negatives + 1);
            }
        }

        return (positives == 0 ? 0f : (float)(near / positives), negatives == 0 ? 0f : (float)(far / negatives));
    }

    private protected override void Forward(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace) =>
        DistanceMatrix.ForwardProducts(count, embeddings, workspace);

    private protected override void Backward(float share, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) =>
        DistanceMatrix.BackwardProducts(share, count, embeddings, gradients, workspace);

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> products = rows.Distances;
        Span<float> slopes = rows.Slopes, logits = rows.Logits, weights = rows.Weights;
        for (int i = 0; i < logits.Length; i++)
            logits[i] = rows.IsNegative(i) ? products[i] : LogSumExp.None;
        float negatives = LogSumExp.Of(logits, weights);
        if (float.IsNegativeInfinity(negatives))
            return default;
        double loss = 0, pull = 0;
        int pairs = 0, active = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!rows.IsPositive(i))
                continue;
            float gap = negatives - products[i], value = LogSumExp.Softplus(gap), slope = LogSumExp.Sigmoid(gap);
            loss += value;
            pull += slope;
            slopes[i] -= slope;
            pairs++;
            active += value > 0f ? 1 : 0;
        }

        for (int i = 0; i < weights.Length; i++)
            slopes[i] += (float)pull * weights[i];
        return new AnchorLoss(loss, pairs, active, pairs);
    }
}
