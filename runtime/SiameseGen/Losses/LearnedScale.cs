namespace SiameseGen.Losses;

/// <summary>Whether the scale of similarities, one over the temperature, is learned.</summary>
public enum LearnedScale
{
    /// <summary>It stays where the temperature sets it.</summary>
    None,

    /// <summary>One scale for all pairs is learned.</summary>
    One,
}
