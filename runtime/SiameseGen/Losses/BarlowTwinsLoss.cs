namespace SiameseGen.Losses;

/// <summary>
/// Barlow Twins: Σᵢ(1 − Cᵢᵢ)² + λ·Σᵢ Σ_{j≠i} Cᵢⱼ² with the correlation C of the embeddings' values over the batch, between first and second views: each value is to be the same in both views, and to say what no other
/// value says (Zbontar et al., "Barlow Twins: Self-Supervised Learning via Redundancy Reduction", 2021).
/// </summary>
/// <remarks>Values are standardised over each view of the batch, with ε = 10⁻⁵ in the deviation. Use it without <see cref="SiameseGen.L2NormalizeAttribute"/>, which ties values together.</remarks>
public sealed class BarlowTwinsLoss : ViewLoss
{
    private const float Epsilon = 1e-5f;

    /// <summary>Makes a loss.</summary>
    /// <param name="redundancy">The factor λ of correlations between different values, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public BarlowTwinsLoss(float redundancy = 0.005f)
    {
        if (!(redundancy > 0f && float.IsFinite(redundancy)))
            throw new ArgumentOutOfRangeException(nameof(redundancy), redundancy, "A factor is above 0 and finite.");
        Redundancy = redundancy;
    }

    /// <summary>The factor λ of correlations between different values, above 0.</summary>
    public float Redundancy { get; }

    /// <inheritdoc/>
    public override string Name => "Barlow Twins";

    private protected override double OfViews(int examples, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength, size = examples * length;
        Span<float> first = workspace.Scratch(0, size).AsSpan(0, size), second = workspace.Scratch(1, size).AsSpan(0, size), deviations = workspace.Scratch(2, 2 * length).AsSpan(0, 2 * length);
        ViewMoments.Center(embeddings[..size], length, first);
        ViewMoments.Center(embeddings[size..], length, second);
        ViewMoments.Standardize(first, examples, Epsilon, deviations[..length]);
        ViewMoments.Standardize(second, examples, Epsilon, deviations[length..]);
        Span<float> matrix = workspace.Scratch(3, length * length).AsSpan(0, length * length), slopes = workspace.Scratch(4, size).AsSpan(0, size);
        ViewMoments.Products(first, second, length, examples, workspace, matrix);

        // The sums of products become minus the slopes of the loss with respect to them.
        double loss = 0;
        for (int i = 0; i < length; i++)
        {
            Span<float> row = matrix.Slice(i * length, length);
            for (int j = 0; j < length; j++)
            {
                float correlation = row[j] / examples, gap = i == j ? 1f - correlation : correlation;
                loss += (i == j ? 1f : Redundancy) * (double)gap * gap;
                row[j] = (i == j ? 2f * gap : -2f * Redundancy * gap) / examples;
            }
        }

        ViewMoments.Gather(first, second, length, examples, matrix, slopes, workspace);
        ViewMoments.BackThroughStandardize(slopes, first, deviations[..length], examples, gradients[..size]);
        ViewMoments.Transpose(matrix, length);
        ViewMoments.Gather(second, first, length, examples, matrix, slopes, workspace);
        ViewMoments.BackThroughStandardize(slopes, second, deviations[length..], examples, gradients[size..]);
        return loss;
    }
}
