namespace SiameseGen.Search;

/// <summary>
/// How rows lie in memory: 32 of them are a block, and a block holds the first number of all 32, then the second of all 32, and so on. So eight
/// rows are one vector, each number of a query meets them all at once, no sum ever crosses lanes, and a search reads memory from front to back.
/// </summary>
/// <remarks>
/// A unit is what lies together of one row: one number, or two where products of bytes are added in pairs. What else a row has to have known
/// (its scale, its length) follows at the end of the block, 32 floats a term.
/// </remarks>
/// <param name="Numbers">Numbers in one embedding.</param>
/// <param name="UnitNumbers">Numbers in a unit: 1 or 2.</param>
/// <param name="NumberBytes">Bytes of one number.</param>
/// <param name="Terms">Floats a row at the end of the block.</param>
internal readonly record struct RowFormat(int Numbers, int UnitNumbers, int NumberBytes, int Terms)
{
    /// <summary>Rows in a block.</summary>
    public const int BlockRows = 32;

    /// <summary>Floats in front of the units of a prepared query.</summary>
    public const int QueryTerms = 2;

    /// <summary>Units of one row; the last one of an odd embedding has a zero in it.</summary>
    public int Units => (Numbers + UnitNumbers - 1) / UnitNumbers;

    /// <summary>Bytes of one unit of all rows of a block.</summary>
    public int UnitBytes => BlockRows * UnitNumbers * NumberBytes;

    /// <summary>Bytes from the start of a block to its terms.</summary>
    public int TermsOffset => Units * UnitBytes;

    /// <summary>Bytes of a block, a multiple of 32.</summary>
    public long BlockBytes => ((long)Units * UnitBytes) + (sizeof(float) * BlockRows * Terms);

    /// <summary>Bytes of one row by itself: its units, then its terms.</summary>
    public int RowBytes => (Units * UnitNumbers * NumberBytes) + (Terms * sizeof(float));

    /// <summary>Floats of a prepared query: its terms, then 4 bytes a unit.</summary>
    public int QueryLength => QueryTerms + Units;

    /// <summary>The format that a metric needs at a precision.</summary>
    public static RowFormat For(int numbers, DistanceMetric metric, GalleryPrecision precision) => precision switch
    {
        GalleryPrecision.Float32 => new RowFormat(numbers, 1, sizeof(float), 0),
        GalleryPrecision.Float16 => new RowFormat(numbers, 1, sizeof(ushort), metric is DistanceMetric.Cosine ? 1 : 0),
        GalleryPrecision.Int8 when metric is DistanceMetric.DotProduct => new RowFormat(numbers, 2, sizeof(sbyte), 1),
        GalleryPrecision.Int8 when metric is DistanceMetric.Manhattan => new RowFormat(numbers, 1, sizeof(sbyte), 1),
        GalleryPrecision.Int8 => new RowFormat(numbers, 2, sizeof(sbyte), metric is DistanceMetric.Cosine ? 1 : 2),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };
}
