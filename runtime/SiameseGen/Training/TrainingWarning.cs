namespace SiameseGen.Training;

/// <summary>Something that training noticed about itself, with what would help. Each kind is said once.</summary>
/// <param name="Kind">What.</param>
/// <param name="Epoch">In which epoch, from 1.</param>
/// <param name="Message">What was measured, and the remedy.</param>
public sealed record TrainingWarning(TrainingWarningKind Kind, int Epoch, string Message)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

/// <summary>What training notices.</summary>
public enum TrainingWarningKind
{
    /// <summary>All embeddings lie in one place, so that nothing can be told apart.</summary>
    Collapsed,

    /// <summary>Positives and negatives are equally far, so that a loss is about its margin.</summary>
    LossAtMargin,

    /// <summary>No pair or triplet has a loss any more, so that nothing is learned.</summary>
    NothingActive,
}
