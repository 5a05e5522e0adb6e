namespace SiameseGen.Losses;

/// <summary>The mean of ¼(‖e‖² − m)², m being the batch's mean of ‖e‖²: keeps all embeddings equally long (after Wu et al., "Deep Face Recognition with Center Invariant Loss", 2017, who ask it of centres).</summary>
public sealed class CenterInvariantRegularizer : EmbeddingRegularizer
{
    /// <inheritdoc/>
    public override string Name => "Centre-invariant regularizer";

    private protected override double OfItems(int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> squares = workspace.Lengths.AsSpan(0, count);
        double mean = 0, loss = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> embedding = embeddings.Slice(i * length, length);
            squares[i] = LaneSums.Product(embedding, embedding);
            mean += squares[i];
        }

        mean /= count;
        for (int i = 0; i < count; i++)
        {
            // The mean moves with all of them; what that adds to the slope is 0 in all.
            float deviation = (float)(squares[i] - mean), slope = deviation / count;
            loss += 0.25 * deviation * deviation;
            for (int k = i * length; k < (i + 1) * length; k++)
                gradients[k] = slope * embeddings[k];
        }

        return loss / count;
    }
}
