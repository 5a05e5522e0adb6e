namespace SiameseGen.Losses;

/// <summary>
/// Σ √(2 − 2·cos + 10⁻⁵) over every two centres of a class, over all classes, divided by C·K·(K − 1): draws centres together that a class does not need (Qian et al., "SoftTriple Loss: Deep Metric Learning Without Triplet
/// Sampling", 2019). For losses with several vectors a class.
/// </summary>
public sealed class SparseCentersRegularizer : WeightRegularizer
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public override string Name => "Sparse-centres regularizer";

    private protected override double OfVectors(LossWeights learned, float weight)
    {
        int perClass = learned.PerClass;
        if (perClass < 2)
            return 0;
        float share = 1f / ((float)learned.Classes * perClass * (perClass - 1));
        double loss = 0;
        for (int i = 0; i < learned.Count; i++)
        {
            for (int j = i + 1; j < (i / perClass * perClass) + perClass; j++)
            {
                // Rounding may put a cosine beyond 1.
                float cosine = Cosine(learned, i, j), square = 2f - (2f * cosine) + Epsilon, gap = MathF.Sqrt(square < Epsilon ? Epsilon : square);
                loss += gap;
                AddCosine(learned, i, j, cosine, -weight * share / gap);
            }
        }

        return loss * share;
    }
}
