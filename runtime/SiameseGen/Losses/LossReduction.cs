namespace SiameseGen.Losses;

/// <summary>How the losses of a batch's triplets become one.</summary>
public enum LossReduction
{
    /// <summary>Over triplets that a sampler chose the mean, over all triplets of a batch of classes the mean over those with a loss above 0.</summary>
    Default,

    /// <summary>The mean over those with a loss above 0: the many that are satisfied do not drown the others (Hermans, Beyer and Leibe, 2017).</summary>
    MeanOfActive,

    /// <summary>The mean over all.</summary>
    Mean,

    /// <summary>The sum.</summary>
    Sum,
}
