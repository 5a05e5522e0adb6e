using System.Runtime.CompilerServices;

namespace SiameseGen.Search;

/// <summary>Reads all rows of a gallery for one query or for several.</summary>
internal abstract class Scan
{
    /// <summary>Queries that meet a block together while it is in the cache, at most.</summary>
    public const int MostQueries = 32;

    private bool _isOfSquares;

    /// <summary>The scan that a metric needs at a precision.</summary>
    public static Scan For(DistanceMetric metric, GalleryPrecision precision)
    {
        Scan scan = Of(metric, precision);
        scan._isOfSquares = metric is DistanceMetric.Euclidean;
        return scan;
    }

    /// <summary>Finds the nearest rows of one query.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="query">The prepared query.</param>
    /// <param name="nearest">Receives a <see cref="NearestHeap"/> of as many rows as fit and there are.</param>
    public abstract void One(PackedRows rows, ReadOnlySpan<float> query, Span<Neighbor> nearest);

    /// <summary>Finds the nearest rows of several queries while reading every row once.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="queries">The prepared queries one after the other, at most <see cref="MostQueries"/>.</param>
    /// <param name="nearest">Receives a <see cref="NearestHeap"/> for each query.</param>
    /// <param name="k">How far apart the heaps are.</param>
    /// <param name="found">Rows that each heap has room for, at most all there are.</param>
    public abstract void Several(PackedRows rows, ReadOnlySpan<float> queries, Span<Neighbor> nearest, int k, int found);

    /// <summary>Offers rows to a heap, by the distances that are reported; out of the way of the loops, which rarely need it.</summary>
    /// <returns>What the key of a later row has to be below.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected float Offer(ReadOnlySpan<float> keys, int firstRow, Span<Neighbor> heap, ref int count)
    {
        float bound = count < heap.Length ? float.PositiveInfinity : KeyOf(heap[0].Distance.Value);
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] < bound)
                bound = KeyOf(NearestHeap.Offer(heap, ref count, new Neighbor(firstRow + i, new Distance(_isOfSquares ? MathF.Sqrt(keys[i]) : keys[i]))));
        }

        return bound;
    }

    // The least key of a distance. Squares next to each other often have one root: rows at such squares are equally near, so that none of them may take the place of an earlier one.
    private float KeyOf(float distance)
    {
        if (!_isOfSquares || !(distance > 0f) || float.IsInfinity(distance))
            return distance;
        float key = distance * distance;
        while (MathF.Sqrt(key) < distance)
            key = MathF.BitIncrement(key);
        while (MathF.Sqrt(MathF.BitDecrement(key)) >= distance)
            key = MathF.BitDecrement(key);
        return key;
    }

    private static Scan Of(DistanceMetric metric, GalleryPrecision precision) => (metric, precision) switch
    {
        (DistanceMetric.Manhattan, GalleryPrecision.Float32) => new Scan<Float32Rows, AbsolutesTerm, SumKey>(),
        (DistanceMetric.Manhattan, GalleryPrecision.Float16) => new Scan<Float16Rows, AbsolutesTerm, SumKey>(),
        (DistanceMetric.Manhattan, _) => new Scan<Int8Rows, AbsolutesTerm, SumKey>(),
        (DistanceMetric.Cosine, GalleryPrecision.Float32) => new Scan<Float32Rows, ProductsTerm, CosineKey>(),
        (DistanceMetric.Cosine, GalleryPrecision.Float16) => new Scan<Float16Rows, ProductsTerm, ScaledCosineKey>(),
        (DistanceMetric.Cosine, _) => new Scan<Int8PairRows, PairProductsTerm, IntegerCosineKey>(),
        (DistanceMetric.DotProduct, GalleryPrecision.Float32) => new Scan<Float32Rows, ProductsTerm, NegativeKey>(),
        (DistanceMetric.DotProduct, GalleryPrecision.Float16) => new Scan<Float16Rows, ProductsTerm, NegativeKey>(),
        (DistanceMetric.DotProduct, _) => new Scan<Int8PairRows, PairProductsTerm, IntegerProductKey>(),
        (_, GalleryPrecision.Float32) => new Scan<Float32Rows, SquaresTerm, SumKey>(),
        (_, GalleryPrecision.Float16) => new Scan<Float16Rows, SquaresTerm, SumKey>(),
        _ => new Scan<Int8PairRows, PairProductsTerm, IntegerSquaresKey>(),
    };
}
