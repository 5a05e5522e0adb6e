namespace SiameseGen;

/// <summary>
/// A contrastive loss on the signal-to-noise ratio: D(a, b) = var(a − b) / var(a), the variance being that of an embedding's values; max(0, D_ap − m₊) for positives and max(0, m₋ − D_an) for
/// negatives (Yuan et al., "Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning", 2019).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.SignalToNoiseRatioLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SignalToNoiseRatioLossAttribute : LossAttribute
{
    /// <summary>The ratio m₊ that positives are to be below, 0 or above.</summary>
    public float PositiveMargin { get; set; }

    /// <summary>The ratio m₋ that negatives are to be above, above 0.</summary>
    public float NegativeMargin { get; set; } = 1f;
}
