namespace SiameseGen.Search;

/// <summary>
/// How a gallery keeps the numbers of its rows. A search reads every row, so it takes about as long as reading that many bytes. Distances are those
/// to the rows as they are kept; the search itself leaves no row out at any precision.
/// </summary>
public enum GalleryPrecision
{
    /// <summary>4 bytes a number, as embeddings are.</summary>
    Float32,

    /// <summary>
    /// 2 bytes a number, rounded to the nearest number of IEEE 754's binary16: off by at most 1/2048 of itself, or 3 · 10⁻⁸ when it is below
    /// 6 · 10⁻⁵. Numbers beyond 65,504 are refused. With cosine 4 more bytes a row.
    /// </summary>
    Float16,

    /// <summary>
    /// 1 byte a number and 8 (cosine and Manhattan: 4) more a row: −127 to 127 times a scale of the row's own, off by at most 1/254 of the row's
    /// largest number m. So the Euclidean distance to a row of n numbers is off by at most m·√n / 254, the Manhattan distance by m·n / 254.
    /// </summary>
    /// <remarks>
    /// Products are exact integers. For them the query is rounded too, to 2³¹ / (127·n) but at most 32,767 steps a side, which is 64 or more times
    /// as fine as the rows for up to 2,000 numbers; with Manhattan it is not rounded.
    /// </remarks>
    Int8,
}
