namespace SiameseGen.Losses;

/// <summary>The mean of |Σₖ eₖ|: keeps the mean of each embedding's values at 0, which the signal-to-noise ratio does not see (Yuan et al., "Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning", 2019).</summary>
public sealed class ZeroMeanRegularizer : EmbeddingRegularizer
{
    /// <inheritdoc/>
    public override string Name => "Zero-mean regularizer";

    private protected override double OfItems(int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        float share = 1f / count;
        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            foreach (float value in embeddings.Slice(i * length, length))
                sum += value;
            loss += Math.Abs(sum);
            gradients.Slice(i * length, length).Fill(sum > 0 ? share : sum < 0 ? -share : 0f);
        }

        return loss / count;
    }
}
