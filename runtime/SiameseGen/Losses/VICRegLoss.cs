namespace SiameseGen.Losses;

/// <summary>
/// VICReg: λ times the mean squared difference of the two views' values, plus μ·v of each view, plus ν·c of each view, where v = 1/(2d) Σⱼ max(0, 1 − √(varⱼ + 10⁻⁴)) keeps each of the d values spread and
/// c = 1/d Σᵢ Σ_{j≠i} covᵢⱼ² keeps them from saying the same (Bardes, Ponce and LeCun, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning", 2022; with the divisors of its authors' program).
/// </summary>
/// <remarks>Variances and covariances are those of the batch, with N − 1 in the divisor; a batch of one example has none. Use it without <see cref="SiameseGen.L2NormalizeAttribute"/>, which bounds variances.</remarks>
public sealed class VICRegLoss : ViewLoss
{
    private const float Epsilon = 1e-4f;

    /// <summary>Makes a loss.</summary>
    /// <param name="invariance">The factor λ of differences between views, above 0.</param>
    /// <param name="variance">The factor μ of variances that are missing, 0 or above.</param>
    /// <param name="covariance">The factor ν of covariances, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public VICRegLoss(float invariance = 25f, float variance = 25f, float covariance = 1f)
    {
        if (!(invariance > 0f && float.IsFinite(invariance)))
            throw new ArgumentOutOfRangeException(nameof(invariance), invariance, "The factor of invariance is above 0 and finite.");
        if (!(variance >= 0f && float.IsFinite(variance)))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "A factor is 0 or above, and finite.");
        if (!(covariance >= 0f && float.IsFinite(covariance)))
            throw new ArgumentOutOfRangeException(nameof(covariance), covariance, "A factor is 0 or above, and finite.");
        Invariance = invariance;
        Variance = variance;
        Covariance = covariance;
    }

    /// <summary>The factor λ of differences between views, above 0.</summary>
    public float Invariance { get; }

    /// <summary>The factor μ of variances that are missing, 0 or above.</summary>
    public float Variance { get; }

    /// <summary>The factor ν of covariances, 0 or above.</summary>
    public float Covariance { get; }

    /// <inheritdoc/>
    public override string Name => "VICReg";

    private protected override double OfViews(int examples, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int size = examples * workspace.EmbeddingLength;
        float share = Invariance / size;
        double squares = 0;
        for (int i = 0; i < size; i++)
        {
            float gap = embeddings[i] - embeddings[size + i];
            squares += (double)gap * gap;
            gradients[i] += 2f * share * gap;
            gradients[size + i] -= 2f * share * gap;
        }

        double loss = share * squares;
        return examples < 2
            ? loss
            : loss + OfView(examples, embeddings[..size], gradients[..size], workspace) + OfView(examples, embeddings[size..], gradients[size..], workspace);
    }

    private double OfView(int examples, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength, size = examples * length, divisor = examples - 1;
        Span<float> rows = workspace.Scratch(0, size).AsSpan(0, size), slopes = workspace.Scratch(4, size).AsSpan(0, size), matrix = workspace.Scratch(3, length * length).AsSpan(0, length * length);
        ViewMoments.Center(embeddings, length, rows);
        ViewMoments.Products(rows, rows, length, examples, workspace, matrix);

        // The sums of products become minus twice the slopes of the loss with respect to them, because each row is in both factors.
        double loss = 0;
        for (int i = 0; i < length; i++)
        {
            Span<float> row = matrix.Slice(i * length, length);
            for (int j = 0; j < length; j++)
            {
                float covariance = row[j] / divisor;
                if (i != j)
                {
                    loss += (double)Covariance * covariance * covariance / length;
                    row[j] = -4f * Covariance * covariance / ((float)length * divisor);
                    continue;
                }

                float deviation = MathF.Sqrt(covariance + Epsilon), missing = 1f - deviation;
                bool isMissing = !(missing <= 0f); // in this form what is not a number shows in the loss
                loss += isMissing ? (double)Variance * missing / (2 * length) : 0;
                row[j] = isMissing ? Variance / (2f * length * divisor * deviation) : 0f;
            }
        }

        ViewMoments.Gather(rows, rows, length, examples, matrix, slopes, workspace);
        ViewMoments.BackThroughCenter(slopes, length, examples, gradients);
        return loss;
    }
}
