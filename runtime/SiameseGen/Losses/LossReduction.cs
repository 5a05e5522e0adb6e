namespace SiameseGen.Losses;

/// <summary>How the losses of a batch's pairs, triplets or anchors become one.</summary>
public enum LossReduction
{
    /// <summary>As the loss's documentation says: the triplet loss takes the mean over triplets that a sampler chose, and over all triplets of a batch of classes the mean over those with a loss above 0.</summary>
    Default,

    /// <summary>The mean over those with a loss above 0: the many that are satisfied do not drown the others (Hermans, Beyer and Leibe, 2017).</summary>
    MeanOfActive,

    /// <summary>The mean over all.</summary>
    Mean,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The mean, over the anchors that have any, of the mean over each anchor's: classes with many examples in the batch count no more than others.</summary>
    MeanOfAnchors,
}
