namespace SiameseGen.Compiler.Planning;

/// <summary>How the runtime's Winograd convolutions cut a row or a column of outputs into tiles; mirrors its <c>WinogradTiling</c>; a test compares what memory follows from them.</summary>
/// <param name="Sixes">Tiles of 6.</param>
/// <param name="Fours">Tiles of 4.</param>
/// <param name="Threes">Tiles of 3.</param>
/// <param name="Twos">Tiles of 2.</param>
internal sealed record WinogradTiling(long Sixes, long Fours, long Threes, long Twos)
{
    /// <summary>Tiles.</summary>
    public long Count => Sixes + Fours + Threes + Twos;

    /// <summary>Products of all tiles: two more for each than it has outputs.</summary>
    public long Products => (8 * Sixes) + (6 * Fours) + (5 * Threes) + (4 * Twos);

    /// <summary>The tiling that takes the fewest products, in tiles of up to four outputs.</summary>
    /// <param name="length">Outputs.</param>
    public static WinogradTiling OfFours(long length)
    {
        long fours = length / 4;
        return (length % 4) switch
        {
            0 => new(0, fours, 0, 0),
            1 when fours > 0 => new(0, fours - 1, 1, 1),
            3 => new(0, fours, 1, 0),
            _ => new(0, fours, 0, 1),
        };
    }

    /// <summary>The same, in tiles of six as well; among equals the one with the fewest of these.</summary>
    /// <param name="length">Outputs.</param>
    public static WinogradTiling OfSixes(long length)
    {
        WinogradTiling best = OfFours(length);
        for (long sixes = 1; (sixes - 1) * 6 < length; sixes++)
        {
            WinogradTiling tiling = OfFours(Math.Max(0, length - (sixes * 6))) with { Sixes = sixes };
            if (tiling.Products < best.Products)
                best = tiling;
        }

        return best;
    }
}
