using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Search;

/// <summary>
/// The scan for one kind of rows. The sum of a row is computed in one order, from its first unit to its last, by itself, however many queries there are
/// and whatever the width of the hardware's registers: its bits depend on nothing but the row and the query.
/// </summary>
/// <typeparam name="TRows">How rows are read.</typeparam>
/// <typeparam name="TTerm">What is summed.</typeparam>
/// <typeparam name="TKey">What rows are ranked by.</typeparam>
internal sealed class Scan<TRows, TTerm, TKey> : Scan
    where TRows : struct, IStoredRows
    where TTerm : struct, IRowTerm
    where TKey : struct, IRowKey
{
    private const int Eight = 8, Sixteen = 16, TileQueries = 4;

    /// <inheritdoc/>
    public override void One(PackedRows rows, ReadOnlySpan<float> query, Span<Neighbor> nearest)
    {
        ref float queryTerms = ref MemoryMarshal.GetReference(query);
        int count = 0, units = rows.Format.Units;
        nuint blockBytes = (nuint)rows.Format.BlockBytes;
        Vector256<float> bound = Vector256.Create(float.PositiveInfinity);
        for (long start = 0; start < rows.Count; start += rows.SegmentRows)
        {
            ref byte block = ref MemoryMarshal.GetReference(rows.Segment((int)start));
            int first = (int)start, end = (int)Math.Min(rows.Count, start + rows.SegmentRows);
            for (; first < end; first += RowFormat.BlockRows, block = ref Unsafe.AddByteOffset(ref block, blockBytes))
            {
                Sum(ref block, ref queryTerms, units, out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d);
                if (!IsAnyBelow(a, b, c, d, bound))
                    continue;
                Keys keys = default;
                Store(ref keys[0], a, b, c, d);
                bound = Vector256.Create(Offer(keys[..Math.Min(RowFormat.BlockRows, end - first)], first, nearest, ref count));
            }
        }
    }

    /// <inheritdoc/>
    public override void Several(PackedRows rows, ReadOnlySpan<float> queries, Span<Neighbor> nearest, int k, int found)
    {
        int units = rows.Format.Units, stride = rows.Format.QueryLength, number = queries.Length / stride;
        nuint blockBytes = (nuint)rows.Format.BlockBytes;
        Span<int> counts = stackalloc int[MostQueries];
        Span<float> bounds = stackalloc float[MostQueries];
        counts.Clear();
        bounds.Fill(float.PositiveInfinity);
        Keys keys = default;
        for (long start = 0; start < rows.Count; start += rows.SegmentRows)
        {
            ref byte block = ref MemoryMarshal.GetReference(rows.Segment((int)start));
            int first = (int)start, end = (int)Math.Min(rows.Count, start + rows.SegmentRows);
            for (; first < end; first += RowFormat.BlockRows, block = ref Unsafe.AddByteOffset(ref block, blockBytes))
            {
                int query = 0, present = Math.Min(RowFormat.BlockRows, end - first);
                for (; query <= number - TileQueries; query += TileQueries)
                {
                    ref float four = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), (nint)query * stride);
                    for (int half = 0; half < present; half += Sixteen)
                    {
                        SumTile(ref block, half, ref four, stride, units, ref keys[0]);
                        for (int i = 0; i < TileQueries; i++)
                        {
                            int at = query + i;
                            if (IsAnyBelow(ref keys[i * Sixteen], bounds[at]))
                            {
                                bounds[at] = Offer(
                                    keys[(i * Sixteen)..][..Math.Min(Sixteen, present - half)], first + half, nearest.Slice(at * k, found), ref counts[at]);
                            }
                        }
                    }
                }

                for (; query < number; query++)
                {
                    ref float one = ref Unsafe.Add(ref MemoryMarshal.GetReference(queries), (nint)query * stride);
                    Sum(ref block, ref one, units, out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d);
                    Vector256<float> limit = Vector256.Create(bounds[query]);
                    if (!IsAnyBelow(a, b, c, d, limit))
                        continue;
                    Store(ref keys[0], a, b, c, d);
                    bounds[query] = Offer(keys[..present], first, nearest.Slice(query * k, found), ref counts[query]);
                }
            }
        }
    }

    // The keys of a block's rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(
        ref byte block, ref float query, int units, out Vector256<float> a, out Vector256<float> b, out Vector256<float> c, out Vector256<float> d)
    {
        ref float terms = ref Terms(ref block, units), unit = ref Unsafe.Add(ref query, RowFormat.QueryTerms);
        ref byte rows = ref block;
        a = b = c = d = Vector256<float>.Zero;
        if (WideTiles.IsSupported)
        {
            Vector512<float> low = default, high = default;
            for (int i = 0; i < units; i++)
            {
                var all = Vector512.Create(unit);
                low = TTerm.Add(low, TRows.LoadSixteen(ref rows, ref terms), all);
                high = TTerm.Add(high, TRows.LoadSixteen(ref Unsafe.Add(ref rows, 2 * TRows.EightBytes), ref Unsafe.Add(ref terms, Sixteen)), all);
                rows = ref Unsafe.Add(ref rows, 4 * TRows.EightBytes);
                unit = ref Unsafe.Add(ref unit, 1);
            }

            (a, b, c, d) = (low.GetLower(), low.GetUpper(), high.GetLower(), high.GetUpper());
        }

        for (int i = 0; !WideTiles.IsSupported && i < units; i++)
        {
            Vector256<float> all = Vector256.Create(unit);
            a = TTerm.Add(a, TRows.Load(ref rows, ref terms), all);
            b = TTerm.Add(b, TRows.Load(ref Unsafe.Add(ref rows, TRows.EightBytes), ref Unsafe.Add(ref terms, Eight)), all);
            c = TTerm.Add(c, TRows.Load(ref Unsafe.Add(ref rows, 2 * TRows.EightBytes), ref Unsafe.Add(ref terms, 2 * Eight)), all);
            d = TTerm.Add(d, TRows.Load(ref Unsafe.Add(ref rows, 3 * TRows.EightBytes), ref Unsafe.Add(ref terms, 3 * Eight)), all);
            rows = ref Unsafe.Add(ref rows, 4 * TRows.EightBytes);
            unit = ref Unsafe.Add(ref unit, 1);
        }

        a = TKey.From(a, ref terms, ref query);
        b = TKey.From(b, ref Unsafe.Add(ref terms, Eight), ref query);
        c = TKey.From(c, ref Unsafe.Add(ref terms, 2 * Eight), ref query);
        d = TKey.From(d, ref Unsafe.Add(ref terms, 3 * Eight), ref query);
    }

    // The keys of half a block's rows for four queries: each row that is read and widened serves four times.
    private static void SumTile(ref byte block, int half, ref float query, int stride, int units, ref float keys)
    {
        ref float terms = ref Unsafe.Add(ref Terms(ref block, units), half);
        ref byte rows = ref Unsafe.Add(ref block, half / Eight * TRows.EightBytes);
        ref float second = ref Unsafe.Add(ref query, stride), third = ref Unsafe.Add(ref second, stride), fourth = ref Unsafe.Add(ref third, stride);
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (nint i = RowFormat.QueryTerms; i < units + RowFormat.QueryTerms; i++)
        {
            Vector256<float> low = TRows.Load(ref rows, ref terms);
            Vector256<float> high = TRows.Load(ref Unsafe.Add(ref rows, TRows.EightBytes), ref Unsafe.Add(ref terms, Eight));
            Vector256<float> unit = Vector256.Create(Unsafe.Add(ref query, i));
            a0 = TTerm.Add(a0, low, unit);
            a1 = TTerm.Add(a1, high, unit);
            unit = Vector256.Create(Unsafe.Add(ref second, i));
            b0 = TTerm.Add(b0, low, unit);
            b1 = TTerm.Add(b1, high, unit);
            unit = Vector256.Create(Unsafe.Add(ref third, i));
            c0 = TTerm.Add(c0, low, unit);
            c1 = TTerm.Add(c1, high, unit);
            unit = Vector256.Create(Unsafe.Add(ref fourth, i));
            d0 = TTerm.Add(d0, low, unit);
            d1 = TTerm.Add(d1, high, unit);
            rows = ref Unsafe.Add(ref rows, 4 * TRows.EightBytes);
        }

        StoreKeys(a0, a1, ref terms, ref query, ref keys);
        StoreKeys(b0, b1, ref terms, ref second, ref Unsafe.Add(ref keys, Sixteen));
        StoreKeys(c0, c1, ref terms, ref third, ref Unsafe.Add(ref keys, 2 * Sixteen));
        StoreKeys(d0, d1, ref terms, ref fourth, ref Unsafe.Add(ref keys, 3 * Sixteen));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreKeys(Vector256<float> low, Vector256<float> high, ref float terms, ref float query, ref float keys)
    {
        TKey.From(low, ref terms, ref query).StoreUnsafe(ref keys);
        TKey.From(high, ref Unsafe.Add(ref terms, Eight), ref query).StoreUnsafe(ref keys, Eight);
    }

    private static ref float Terms(ref byte block, int units) =>
        ref Unsafe.As<byte, float>(ref Unsafe.Add(ref block, (nint)units * 4 * TRows.EightBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAnyBelow(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Vector256<float> bound) =>
        (Vector256.LessThan(a, bound) | Vector256.LessThan(b, bound) | Vector256.LessThan(c, bound) | Vector256.LessThan(d, bound)) != Vector256<float>.Zero;

    private static void Store(ref float keys, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        a.StoreUnsafe(ref keys);
        b.StoreUnsafe(ref keys, Eight);
        c.StoreUnsafe(ref keys, 2 * Eight);
        d.StoreUnsafe(ref keys, 3 * Eight);
    }

    private static bool IsAnyBelow(ref float keys, float bound)
    {
        Vector256<float> bounds = Vector256.Create(bound);
        return (Vector256.LessThan(Vector256.LoadUnsafe(ref keys), bounds) | Vector256.LessThan(Vector256.LoadUnsafe(ref keys, Eight), bounds))
            != Vector256<float>.Zero;
    }

    [InlineArray(TileQueries * Sixteen)]
    private struct Keys
    {
        private float _first;
    }
}
