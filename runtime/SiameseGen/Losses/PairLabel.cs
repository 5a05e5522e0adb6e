namespace SiameseGen.Losses;

/// <summary>The label Y of a pair, in the convention of Hadsell, Chopra and LeCun (2006): 0 similar, 1 dissimilar.</summary>
public enum PairLabel
{
    /// <summary>Both show the same: Y = 0.</summary>
    Similar = 0,

    /// <summary>They show different things: Y = 1.</summary>
    Dissimilar = 1,
}
