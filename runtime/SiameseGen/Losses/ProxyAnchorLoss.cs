namespace SiameseGen.Losses;

/// <summary>
/// The proxies are the anchors: 1/|P⁺| Σ_p ln(1 + Σ_x exp(−α(s_xp − δ))) over the proxies p of classes in the batch and their items x, plus 1/|P| Σ_p ln(1 + Σ_x exp(α(s_xp + δ))) over all proxies and the items of
/// other classes (Kim et al., "Proxy Anchor Loss for Deep Metric Learning", 2020).
/// </summary>
public sealed class ProxyAnchorLoss : ProxyLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin δ of cosines, 0 or above and below 1.</param>
    /// <param name="alpha">The scale α of cosines, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public ProxyAnchorLoss(float margin = 0.1f, float alpha = 32f, float learningRateFactor = 1f)
        : base(learningRateFactor)
    {
        if (!(margin is >= 0f and < 1f))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin of cosines is 0 or above and below 1.");
        if (!(alpha > 0f && float.IsFinite(alpha)))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A scale is above 0 and finite.");
        Margin = margin;
        Alpha = alpha;
    }

    /// <summary>The margin δ of cosines, 0 or above and below 1.</summary>
    public float Margin { get; }

    /// <summary>The scale α of cosines, above 0.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    public override string Name => "Proxy anchor";

    private protected override LossResult OfBatch(ProxyTable table)
    {
        int present = 0;
        for (int c = 0; c < table.ClassCount; c++)
            present += table.Classes.Contains(c) ? 1 : 0;
        double near = 0, far = 0;
        for (int c = 0; c < table.ClassCount; c++)
        {
            near += OfProxy(table, c, isOwn: true, present);
            far += OfProxy(table, c, isOwn: false, table.ClassCount);
        }

        return Result((present == 0 ? 0 : near / present) + (far / table.ClassCount), near + far > 0 ? 1 : 0, table);
    }

    private double OfProxy(ProxyTable table, int proxy, bool isOwn, int divisor)
    {
        Span<float> logits = table.ItemLogits;
        for (int i = 0; i < logits.Length; i++)
        {
            float cosine = table.Cosines(i)[proxy];
            logits[i] = (table.Classes[i] == proxy) != isOwn ? LogSumExp.None : Alpha * (isOwn ? Margin - cosine : cosine + Margin);
        }

        float sum = LogSumExp.Of(logits, table.ItemWeights);
        if (float.IsNegativeInfinity(sum))
            return 0;
        float slope = (isOwn ? -Alpha : Alpha) * LogSumExp.Sigmoid(sum) / divisor;
        for (int i = 0; i < logits.Length; i++)
            table.Slopes(i)[proxy] += slope * table.ItemWeights[i];
        return LogSumExp.Softplus(sum);
    }
}
