namespace SiameseGen.Losses;

/// <summary>Whether a boundary between positives and negatives is learned.</summary>
public enum LearnedBoundary
{
    /// <summary>It stays where it is set.</summary>
    None,

    /// <summary>One boundary for all classes is learned.</summary>
    One,

    /// <summary>A boundary for each class of the training set is learned; that of the anchor's class counts.</summary>
    PerClass,
}
