using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SiameseGen.Kernels;

namespace SiameseGen.Search;

/// <summary>What one unit of eight rows adds to their sums.</summary>
internal interface IRowTerm
{
    /// <summary>Adds.</summary>
    /// <param name="sum">A sum a row.</param>
    /// <param name="rows">The unit of each row.</param>
    /// <param name="query">The query's unit in every lane.</param>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> rows, Vector256<float> query);

    /// <summary>The same for sixteen rows, where registers are that wide.</summary>
    /// <param name="sum">A sum a row.</param>
    /// <param name="rows">The unit of each row.</param>
    /// <param name="query">The query's unit in every lane.</param>
    static abstract Vector512<float> Add(Vector512<float> sum, Vector512<float> rows, Vector512<float> query);
}

/// <summary>Σ(xᵢ − qᵢ)².</summary>
internal readonly struct SquaresTerm : IRowTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> rows, Vector256<float> query)
    {
        Vector256<float> difference = rows - query;
        return Vectors.MultiplyAdd(difference, difference, sum);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> rows, Vector512<float> query)
    {
        Vector512<float> difference = rows - query;
        return Vectors.MultiplyAdd(difference, difference, sum);
    }
}

/// <summary>Σ|xᵢ − qᵢ|.</summary>
internal readonly struct AbsolutesTerm : IRowTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> rows, Vector256<float> query) => sum + Vector256.Abs(rows - query);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> rows, Vector512<float> query) => sum + Vector512.Abs(rows - query);
}

/// <summary>Σ xᵢ·qᵢ.</summary>
internal readonly struct ProductsTerm : IRowTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> rows, Vector256<float> query) => Vectors.MultiplyAdd(rows, query, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> rows, Vector512<float> query) => Vectors.MultiplyAdd(rows, query, sum);
}

/// <summary>Σ xᵢ·qᵢ of integers, pair by pair, exactly: a unit is two 16-bit numbers, a sum one of 32 bits.</summary>
internal readonly struct PairProductsTerm : IRowTerm
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> rows, Vector256<float> query) =>
        (sum.AsInt32() + (Avx2.IsSupported ? Avx2.MultiplyAddAdjacent(rows.AsInt16(), query.AsInt16()) : Emulate(rows.AsInt32(), query.AsInt32())))
        .AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> sum, Vector512<float> rows, Vector512<float> query) =>
        (sum.AsInt32() + Avx512BW.MultiplyAddAdjacent(rows.AsInt16(), query.AsInt16())).AsSingle();

    /// <summary>The same without the instruction.</summary>
    internal static Vector256<int> Emulate(Vector256<int> rows, Vector256<int> query) =>
        ((rows << 16 >> 16) * (query << 16 >> 16)) + ((rows >> 16) * (query >> 16));
}
