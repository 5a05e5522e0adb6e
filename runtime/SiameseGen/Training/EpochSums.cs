namespace SiameseGen.Training;

/// <summary>What the steps of an epoch add up to, for its means.</summary>
internal readonly record struct EpochSums(int Steps, double Loss, double Active, double Positive, double Negative, double Length, double Spread)
{
    public EpochSums Plus(in StepResult step) => new(
        Steps + 1, Loss + step.Loss.Loss, Active + step.Loss.ActiveShare, Positive + step.Loss.PositiveDistance, Negative + step.Loss.NegativeDistance,
        Length + step.EmbeddingNorm, Spread + step.EmbeddingSpread);

    public float Mean(double sum) => (float)(sum / Math.Max(Steps, 1));
}
