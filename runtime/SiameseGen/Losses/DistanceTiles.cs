using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>
/// Sums over the values of every two vectors of two sets, sixteen by six at a time: each is one sum, first value to last, so that exchanging the two changes no bit.
/// </summary>
internal static class DistanceTiles
{
    private const int Block = 16, RowBlock = 6;

    /// <summary>Items in whole blocks.</summary>
    public static int Padded(int count) => (count + Block - 1) / Block * Block;

    /// <summary>Fills a table, a row for each vector of the first set.</summary>
    public static void Fill<TTerm>(
        ReadOnlySpan<float> rows, int rowCount, ReadOnlySpan<float> others, int count, int length, Span<float> columns, Span<float> matrix)
        where TTerm : struct, ITerm
    {
        // In panels of 16 items, value after value: they are read front to back for each six rows.
        for (int i = 0; i < count; i++)
        {
            Span<float> panel = columns.Slice(i / Block * Block * length, Block * length);
            for (int k = 0; k < length; k++)
                panel[(k * Block) + (i % Block)] = others[(i * length) + k];
        }

        Span<float> tile = stackalloc float[RowBlock * Block];
        ref float first = ref MemoryMarshal.GetReference(rows);
        for (int i = 0; i < rowCount; i += RowBlock)
        {
            // Where there are fewer rows, the last one is computed several times.
            int last = rowCount - 1;
            ref float r0 = ref Unsafe.Add(ref first, i * length), r1 = ref Unsafe.Add(ref first, Math.Min(i + 1, last) * length), r2 = ref Unsafe.Add(ref first, Math.Min(i + 2, last) * length);
            ref float r3 = ref Unsafe.Add(ref first, Math.Min(i + 3, last) * length), r4 = ref Unsafe.Add(ref first, Math.Min(i + 4, last) * length), r5 = ref Unsafe.Add(ref first, Math.Min(i + 5, last) * length);
            for (int j = 0; j < count; j += Block)
            {
                bool isWhole = i + RowBlock <= rowCount && j + Block <= count;
                ref float target = ref isWhole ? ref matrix[(i * count) + j] : ref tile[0];
                FillTile<TTerm>(length, ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref columns[j * length], ref target, isWhole ? count : Block);
                for (int row = i; row < Math.Min(i + RowBlock, rowCount) && !isWhole; row++)
                    tile.Slice((row - i) * Block, Math.Min(Block, count - j)).CopyTo(matrix[((row * count) + j)..]);
            }
        }
    }

    // A method of its own, so that its twelve sums stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillTile<TTerm>(
        nint length, ref float r0, ref float r1, ref float r2, ref float r3, ref float r4, ref float r5, ref float column, ref float target, nint stride)
        where TTerm : struct, ITerm
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (nint k = 0; k < length; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref column), high = Vector256.LoadUnsafe(ref column, Lanes.Count);
            column = ref Unsafe.Add(ref column, Block);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref r0, k));
            a0 = TTerm.Add(a0, x, low);
            b0 = TTerm.Add(b0, x, high);
            x = Vector256.Create(Unsafe.Add(ref r1, k));
            a1 = TTerm.Add(a1, x, low);
            b1 = TTerm.Add(b1, x, high);
            x = Vector256.Create(Unsafe.Add(ref r2, k));
            a2 = TTerm.Add(a2, x, low);
            b2 = TTerm.Add(b2, x, high);
            x = Vector256.Create(Unsafe.Add(ref r3, k));
            a3 = TTerm.Add(a3, x, low);
            b3 = TTerm.Add(b3, x, high);
            x = Vector256.Create(Unsafe.Add(ref r4, k));
            a4 = TTerm.Add(a4, x, low);
            b4 = TTerm.Add(b4, x, high);
            x = Vector256.Create(Unsafe.Add(ref r5, k));
            a5 = TTerm.Add(a5, x, low);
            b5 = TTerm.Add(b5, x, high);
        }

        Store(a0, b0, ref target);
        Store(a1, b1, ref Unsafe.Add(ref target, stride));
        Store(a2, b2, ref Unsafe.Add(ref target, 2 * stride));
        Store(a3, b3, ref Unsafe.Add(ref target, 3 * stride));
        Store(a4, b4, ref Unsafe.Add(ref target, 4 * stride));
        Store(a5, b5, ref Unsafe.Add(ref target, 5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float target)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, Lanes.Count);
    }

    internal interface ITerm
    {
        static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
    }

    internal readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b)
        {
            Vector256<float> difference = a - b;
            return Vectors.MultiplyAdd(difference, difference, sum);
        }
    }

    internal readonly struct Products : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vectors.MultiplyAdd(a, b, sum);
    }

    internal readonly struct Absolutes : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + Vector256.Abs(a - b);
    }
}
