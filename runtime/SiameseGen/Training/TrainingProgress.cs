namespace SiameseGen.Training;

/// <summary>How far training has come: reported several times a second, and after each epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Step">Steps made.</param>
/// <param name="Steps">Steps planned.</param>
/// <param name="Loss">The mean loss of this epoch's steps so far, each before its update.</param>
/// <param name="ActiveShare">The mean share of pairs or triplets that still have a loss, in this epoch so far; of a sum of losses the largest share of any part.</param>
/// <param name="PositiveDistance">The mean distance of similar pairs in this epoch so far.</param>
/// <param name="NegativeDistance">The mean distance of dissimilar pairs in this epoch so far.</param>
/// <param name="GradientNorm">The norm of the latest gradient before clipping.</param>
/// <param name="LearningRate">The learning rate of the latest step.</param>
/// <param name="ItemsPerSecond">Inputs trained on a second, all branches counted, validation not.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="TimeLeft">An estimate of the time that the steps left will take.</param>
/// <param name="Validation">After a validation, the score, larger is better (see <see cref="Trainer{TEncoder}.Score"/>); otherwise null.</param>
/// <param name="IsBest">After a validation: whether it was better than all before.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, int Step, int Steps, float Loss, float ActiveShare, float PositiveDistance, float NegativeDistance,
    float GradientNorm, float LearningRate, double ItemsPerSecond, TimeSpan Elapsed, TimeSpan TimeLeft, double? Validation, bool IsBest)
{
    /// <summary>The mean length of embeddings in this epoch so far.</summary>
    public float EmbeddingNorm { get; init; }

    /// <summary>How far embeddings are from the middle of their batch, as a root mean square, in this epoch so far. Near 0 they have collapsed.</summary>
    public float EmbeddingSpread { get; init; }

    /// <summary>What training has noticed about itself so far; an epoch is judged when it has ended.</summary>
    public IReadOnlyList<TrainingWarning> Warnings
    {
        get => field ?? [];
        init;
    }
}

/// <summary>What training did.</summary>
/// <param name="Epochs">Epochs begun.</param>
/// <param name="Steps">Steps made.</param>
/// <param name="Loss">The mean loss of the last epoch's steps.</param>
/// <param name="BestValidation">The best score of all validations; null without validation.</param>
/// <param name="BestEpoch">The epoch, from 1, after which it was reached; 0 without validation.</param>
/// <param name="StoppedEarly">Whether patience ran out before the planned steps were made.</param>
/// <param name="ItemsPerSecond">Inputs trained on a second, all branches counted, validation not.</param>
/// <param name="Elapsed">The whole time, validation included.</param>
public sealed record TrainingResult(
    int Epochs, int Steps, float Loss, double? BestValidation, int BestEpoch, bool StoppedEarly, double ItemsPerSecond, TimeSpan Elapsed)
{
    /// <summary>What training noticed about itself, each with what would help.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];
}
