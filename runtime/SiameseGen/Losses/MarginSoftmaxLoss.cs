namespace SiameseGen.Losses;

/// <summary>
/// A classifier's cross entropy, −ln softmax of the own class, over scaled cosines of an embedding and a learned vector a class, with the own class's cosine made smaller by a margin. The mean over the
/// batch. The classifier is thrown away after training.
/// </summary>
public abstract class MarginSoftmaxLoss : ProxyLoss
{
    private protected MarginSoftmaxLoss(float scale, float learningRateFactor)
        : base(learningRateFactor)
    {
        if (!(scale > 0f) || float.IsInfinity(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is above 0 and finite.");
        Scale = scale;
    }

    /// <summary>The factor of cosines.</summary>
    public float Scale { get; }

    /// <summary>The own class's cosine with its margin, and its derivative.</summary>
    private protected abstract float Target(float cosine, out float slope);

    private protected override LossResult OfBatch(ProxyTable table)
    {
        double loss = 0;
        int active = 0;
        float share = table.Items == 0 ? 0f : 1f / table.Items;
        for (int i = 0; i < table.Items; i++)
        {
            ReadOnlySpan<float> cosines = table.Cosines(i);
            Span<float> slopes = table.Slopes(i), logits = table.Logits;
            int own = table.Classes[i];
            float slope = 0;
            for (int c = 0; c < logits.Length; c++)
            {
                float cosine = cosines[Closest(cosines, c, table.PerClass)];
                logits[c] = Scale * (c == own ? Target(cosine, out slope) : cosine);
            }

            float value = CrossEntropy.Of(logits, own, table.Weights);
            loss += value;
            active += value > 0f ? 1 : 0;
            for (int c = 0; c < logits.Length; c++)
            {
                float gradient = Scale * share * table.Weights[c];
                slopes[Closest(cosines, c, table.PerClass)] = c == own ? gradient * slope : gradient;
            }
        }

        return Result(loss * share, (double)active * share, table);
    }

    // Of several vectors a class the closest one counts.
    private static int Closest(ReadOnlySpan<float> cosines, int number, int perClass)
    {
        int best = number * perClass;
        for (int i = best + 1; i < (number + 1) * perClass; i++)
        {
            if (cosines[i] > cosines[best])
                best = i;
        }

        return best;
    }
}
