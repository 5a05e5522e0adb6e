namespace SiameseGen.Losses;

/// <summary>The cross entropy −ln softmax of one among several logits, as ln(1 + Σ exp(other − own)): near 0 it keeps the digits that a difference of logarithms would lose.</summary>
internal static class CrossEntropy
{
    /// <summary>The loss, with its derivatives by the logits as weights: below 0 for the one, above 0 for the others, and exactly 0 where there is no other.</summary>
    /// <param name="logits">A row, −∞ for what does not take part; the own one is overwritten.</param>
    /// <param name="own">Which one is right.</param>
    /// <param name="weights">Receives the derivatives; as long, and other memory.</param>
    public static float Of(Span<float> logits, int own, Span<float> weights)
    {
        float right = logits[own];
        logits[own] = LogSumExp.None;
        float gap = LogSumExp.Of(logits, weights) - right;
        if (float.IsNegativeInfinity(gap))
            return 0f;
        float share = LogSumExp.Sigmoid(gap);
        foreach (ref float weight in weights)
            weight *= share;
        weights[own] = -share;
        return LogSumExp.Softplus(gap);
    }
}
