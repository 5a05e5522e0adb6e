namespace SiameseGen.Losses;

/// <summary>
/// −ln(exp(λ(S_y − δ)) / (exp(λ(S_y − δ)) + Σ exp(λ·S_c))) over the other classes c, with several centres k a class and S_c = Σ_k softmax_k(s_k/γ)·s_k, their cosines weighed by themselves (Qian et al., "SoftTriple
/// Loss: Deep Metric Learning Without Triplet Sampling", 2019, without its regularizer of centres).
/// </summary>
public sealed class SoftTripleLoss : ProxyLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="centers">Centres a class, 1 to 100.</param>
    /// <param name="scale">The factor λ of similarities, above 0.</param>
    /// <param name="gamma">How softly the closest centre is chosen, γ, above 0.</param>
    /// <param name="margin">The margin δ of similarities, 0 or above and below 2.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SoftTripleLoss(int centers = 10, float scale = 20f, float gamma = 0.1f, float margin = 0.01f, float learningRateFactor = 1f)
        : base(learningRateFactor)
    {
        if (!(centers is >= 1 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(centers), centers, "There are 1 to 100 centres a class.");
        if (!(scale > 0f && float.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is above 0 and finite.");
        if (!(gamma > 0f && float.IsFinite(gamma)))
            throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "A softness is above 0 and finite.");
        if (!(margin is >= 0f and < 2f))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin of similarities is 0 or above and below 2.");
        Centers = centers;
        Scale = scale;
        Gamma = gamma;
        Margin = margin;
    }

    /// <summary>Centres a class, 1 to 100.</summary>
    public int Centers { get; }

    /// <summary>The factor λ of similarities, above 0.</summary>
    public float Scale { get; }

    /// <summary>How softly the closest centre is chosen, γ, above 0.</summary>
    public float Gamma { get; }

    /// <summary>The margin δ of similarities, 0 or above and below 2.</summary>
    public float Margin { get; }

    /// <inheritdoc/>
    public override string Name => "SoftTriple";

    /// <inheritdoc/>
    public override int WeightsPerClass => Centers;

    private protected override LossResult OfBatch(ProxyTable table)
    {
        double loss = 0;
        int active = 0;
        float share = table.Items == 0 ? 0f : 1f / table.Items;
        Span<float> scaled = stackalloc float[Centers], weights = stackalloc float[Centers];
        for (int i = 0; i < table.Items; i++)
        {
            Span<float> cosines = table.Cosines(i), slopes = table.Slopes(i), logits = table.Logits;
            int own = table.Classes[i];
            for (int c = 0; c < logits.Length; c++)
                logits[c] = Scale * (Soften(cosines.Slice(c * Centers, Centers), scaled, weights) - (c == own ? Margin : 0f));
            float value = CrossEntropy.Of(logits, own, table.Weights);
            loss += value;
            active += value > 0f ? 1 : 0;
            for (int c = 0; c < logits.Length; c++)
            {
                ReadOnlySpan<float> group = cosines.Slice(c * Centers, Centers);
                float similarity = Soften(group, scaled, weights), slope = Scale * share * table.Weights[c];
                for (int k = 0; k < Centers; k++)
                    slopes[(c * Centers) + k] = slope * weights[k] * (1f + ((group[k] - similarity) / Gamma));
            }
        }

        return Result(loss * share, (double)active * share, table);
    }

    private float Soften(ReadOnlySpan<float> cosines, Span<float> scaled, Span<float> weights)
    {
        for (int k = 0; k < cosines.Length; k++)
            scaled[k] = cosines[k] / Gamma;
        LogSumExp.Of(scaled, weights);
        float similarity = 0;
        for (int k = 0; k < cosines.Length; k++)
            similarity += weights[k] * cosines[k];
        return similarity;
    }
}
