namespace SiameseGen;

/// <summary>
/// The signal-to-noise ratio as a distance, var(a − b) / var(a) with a the anchor (Yuan et al., 2019), and its gradients. Sums are in double precision, from the first value to the last.
/// </summary>
internal static class SignalToNoise
{
    /// <summary>The distance; 1 where the anchor has no signal.</summary>
    public static float Between(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"Embeddings of {a.Length} and {b.Length} floats have no distance.", nameof(b));
        Ratio ratio = Of(a, b);
        return ratio.HasSignal ? (float)(ratio.Noise / ratio.Signal) : ratio.Signal >= 0 ? 1f : float.NaN;
    }

    /// <summary>Adds scale · ∂D/∂a = 2·(difference − D·a) / signal, of centred values.</summary>
    public static void AddGradient(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float scale, Span<float> gradient)
    {
        Ratio ratio = Of(a, b);
        if (!ratio.HasSignal)
            return;
        double factor = 2 * scale / ratio.Signal, distance = ratio.Noise / ratio.Signal;
        for (int k = 0; k < a.Length; k++)
            gradient[k] += (float)(factor * ((double)a[k] - b[k] - ratio.MeanDifference - (distance * (a[k] - ratio.Mean))));
    }

    /// <summary>Adds scale · ∂D/∂b = −2·difference / signal, of centred values.</summary>
    public static void AddGradientOfSecond(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float scale, Span<float> gradient)
    {
        Ratio ratio = Of(a, b);
        if (!ratio.HasSignal)
            return;
        double factor = -2 * scale / ratio.Signal;
        for (int k = 0; k < a.Length; k++)
            gradient[k] += (float)(factor * ((double)a[k] - b[k] - ratio.MeanDifference));
    }

    private static Ratio Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double mean = 0, meanDifference = 0, signal = 0, noise = 0;
        for (int k = 0; k < a.Length; k++)
        {
            mean += a[k];
            meanDifference += (double)a[k] - b[k];
        }

        mean /= a.Length;
        meanDifference /= a.Length;
        for (int k = 0; k < a.Length; k++)
        {
            double own = a[k] - mean, gap = (double)a[k] - b[k] - meanDifference;
            signal += own * own;
            noise += gap * gap;
        }

        return new Ratio(mean, meanDifference, signal, noise);
    }

    private readonly record struct Ratio(double Mean, double MeanDifference, double Signal, double Noise)
    {
        public bool HasSignal => Signal >= Distances.LeastSquare;
    }
}
