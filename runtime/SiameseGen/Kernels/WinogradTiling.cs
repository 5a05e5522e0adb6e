namespace SiameseGen.Kernels;

/// <summary>
/// How a row or a column of outputs is cut into tiles, the largest first. A tile takes two products more than it has outputs, so that few large tiles take fewer than many
/// small ones; but a tile that is not full computes in vain. What is chosen takes the fewest.
/// </summary>
/// <param name="Sixes">Tiles of 6.</param>
/// <param name="Fours">Tiles of 4.</param>
/// <param name="Threes">Tiles of 3: one at most.</param>
/// <param name="Twos">Tiles of 2: one at most.</param>
internal readonly record struct WinogradTiling(int Sixes, int Fours, int Threes, int Twos)
{
    /// <summary>Products that a tile takes beyond its outputs, and inputs that it reads beyond them.</summary>
    public const int Border = 2;

    private const int Six = 6, Four = 4, Three = 3, Two = 2;

    // Points that tiles of 2, of 3 and of 4 have.
    private const int PointsOfTwo = Two + Border, PointsOfThree = Three + Border, PointsOfFour = Four + Border;

    /// <summary>Tiles.</summary>
    public int Count => Sixes + Fours + Threes + Twos;

    /// <summary>Products of all tiles.</summary>
    public int Products => (Sixes * (Six + Border)) + (Fours * PointsOfFour) + (Threes * PointsOfThree) + (Twos * PointsOfTwo);

    /// <summary>The tiling that takes the fewest products, in tiles of up to four outputs.</summary>
    /// <param name="length">Outputs.</param>
    public static WinogradTiling OfFours(int length)
    {
        // A rest of one makes three and two of the last five; it is two, half of it in vain, where it is all there is.
        (int fours, int rest) = Math.DivRem(length, Four);
        return rest switch
        {
            0 => new(0, fours, 0, 0),
            1 when fours > 0 => new(0, fours - 1, 1, 1),
            Three => new(0, fours, 1, 0),
            _ => new(0, fours, 0, 1),
        };
    }

    /// <summary>The same, in tiles of six as well; among equals the one with the fewest of these.</summary>
    /// <param name="length">Outputs.</param>
    public static WinogradTiling OfSixes(int length)
    {
        WinogradTiling best = OfFours(length);
        for (int sixes = 1; (sixes - 1) * Six < length; sixes++)
        {
            WinogradTiling tiling = OfFours(Math.Max(0, length - (sixes * Six))) with { Sixes = sixes };
            if (tiling.Products < best.Products)
                best = tiling;
        }

        return best;
    }

    /// <summary>Outputs of a tile.</summary>
    /// <param name="tile">The tile.</param>
    public int SizeOf(int tile)
    {
        if (tile < Sixes)
            return Six;
        if (tile < Sixes + Fours)
            return Four;
        return tile < Sixes + Fours + Threes ? Three : Two;
    }

    /// <summary>Tiles that have a point: the first ones.</summary>
    /// <param name="point">The point.</param>
    public int CountOf(int point) => point switch
    {
        < PointsOfTwo => Count,
        < PointsOfThree => Count - Twos,
        < PointsOfFour => Sixes + Fours,
        _ => Sixes,
    };
}
