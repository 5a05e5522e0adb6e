using System.Globalization;

namespace SiameseGen.Training;

/// <summary>Looks at the means of an epoch for what commonly goes wrong.</summary>
internal sealed class TrainingHealth(DistanceMetric metric)
{
    // Of the length of embeddings, of what negatives are apart, and of all pairs or triplets.
    private const float LeastSpread = 0.01f, LeastGap = 0.01f, LeastActive = 0.001f;
    private readonly List<TrainingWarning> _warnings = [];

    public IReadOnlyList<TrainingWarning> Warnings => _warnings;

    /// <summary>Looks at an epoch.</summary>
    public void Check(int epoch, float meanLoss, float active, float positive, float negative, float spread, float norm)
    {
        if (spread <= LeastSpread * norm)
        {
            Warn(TrainingWarningKind.Collapsed, epoch, string.Create(
                CultureInfo.InvariantCulture,
                $"The embeddings have collapsed: they lie {spread:G2} around one point, and are {norm:G2} long. Nothing can be told apart so. Use a lower learning rate; begin with all or semi-hard triplets instead of the hardest; put BatchNorm before the last layer."));
        }
        else if (negative != 0f && Apart(negative, spread) is > 0f and float apart && positive > negative - (LeastGap * apart))
        {
            Warn(TrainingWarningKind.LossAtMargin, epoch, string.Create(
                CultureInfo.InvariantCulture,
                $"Positives are about as far as negatives, {positive:G3} and {negative:G3}, so that the loss of {meanLoss:G3} is about what a margin alone makes: nothing has been seen that tells classes apart. Look whether labels belong to the examples and at the inputs' scale; use a lower or a higher learning rate, or train longer."));
        }
        else if (active < LeastActive)
        {
            Warn(TrainingWarningKind.NothingActive, epoch, string.Create(
                CultureInfo.InvariantCulture,
                $"Only {100 * active:G2} % of pairs or triplets have a loss, so that hardly anything is learned any more. Use harder batches (more classes, of one group, as in ClassBalancedSampler.GroupsPerBatch), a miner, a larger margin or more augmentation; or stop here."));
        }
    }

    // What the gap between the two is to be measured by: what negatives are apart, but for dot products, which say where the origin is as well. Embeddings with a spread of s around their centre have squared distances of 2s² on average,
    // and dot products differ by half as much. A negative distance of exactly 0 was not measured.
    private float Apart(float negative, float spread) => metric is DistanceMetric.DotProduct ? spread * spread : negative;

    private void Warn(TrainingWarningKind kind, int epoch, string message)
    {
        if (_warnings.All(warning => warning.Kind != kind))
            _warnings.Add(new TrainingWarning(kind, epoch, message));
    }
}
