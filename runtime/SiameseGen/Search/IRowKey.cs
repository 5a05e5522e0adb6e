using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Search;

/// <summary>Turns the sums of eight rows into what they are ranked by: their distances, with the Euclidean one squared.</summary>
internal interface IRowKey
{
    /// <summary>Computes.</summary>
    /// <param name="sum">A sum a row.</param>
    /// <param name="terms">The first term of the first row; the second is 32 floats further on.</param>
    /// <param name="query">The terms of the query.</param>
    static abstract Vector256<float> From(Vector256<float> sum, ref float terms, ref float query);
}

/// <summary>The sum itself.</summary>
internal readonly struct SumKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) => sum;
}

/// <summary>The sum with its sign turned, of products.</summary>
internal readonly struct NegativeKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) => -sum;
}

/// <summary>The same of integers: the term of a row is its scale, that of the query its scale times −2.</summary>
internal readonly struct IntegerProductKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) =>
        Vector256.ConvertToSingle(sum.AsInt32()) * (Vector256.LoadUnsafe(ref terms) * Vector256.Create(0.5f * query));
}

/// <summary>1 − the product of vectors of length 1, between 0 and 2.</summary>
internal readonly struct CosineKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) =>
        Vector256.Min(Vector256.Max(Vector256<float>.One - sum, Vector256<float>.Zero), Vector256.Create(2f));
}

/// <summary>The same of rows that rounding made longer or shorter; their term is 1 / length, or 0 for rows without direction.</summary>
internal readonly struct ScaledCosineKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) =>
        CosineKey.From(sum * Vector256.LoadUnsafe(ref terms), ref terms, ref query);
}

/// <summary>The same of integers; the terms of row and query are 1 / length.</summary>
internal readonly struct IntegerCosineKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query) =>
        ScaledCosineKey.From(Vector256.ConvertToSingle(sum.AsInt32()) * Vector256.Create(query), ref terms, ref query);
}

/// <summary>
/// ‖x‖² + ‖q‖² − 2·x·q of integers; terms are the scale and the square of the length, the query's scale times −2. The sum of products is exact,
/// the rest is off by less than 2⁻²² of (‖x‖ + ‖q‖)², far less than rounding rows to bytes makes it.
/// </summary>
internal readonly struct IntegerSquaresKey : IRowKey
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> From(Vector256<float> sum, ref float terms, ref float query)
    {
        Vector256<float> squares = Vector256.LoadUnsafe(ref terms, RowFormat.BlockRows) + Vector256.Create(Unsafe.Add(ref query, 1));
        Vector256<float> scale = Vector256.LoadUnsafe(ref terms) * Vector256.Create(query);
        return Vector256.Max(Vectors.MultiplyAdd(scale, Vector256.ConvertToSingle(sum.AsInt32()), squares), Vector256<float>.Zero);
    }
}
