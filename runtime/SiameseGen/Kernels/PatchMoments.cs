using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// First and second moments of what a convolution's kernel sees: over all pixels, the sum of each of its terms and of each product of two of them. All
/// filters are linear in these terms, so means and variances of every filter's output follow from moments that do not depend on filters at all.
/// </summary>
/// <remarks>
/// Sums are in double precision, in the order of the pixels. A product of two floats is exact there, so that fused or not the bits are the same.
/// </remarks>
internal static class PatchMoments
{
    // Pixels whose terms are laid out at a time: they stay in the first-level cache. Rows of sums by vectors of four that stay in registers.
    private const int Pixels = 64, TileRows = 4, TileVectors = 3, Doubles = 4;

    /// <summary>Terms and a one, filled up to whole vectors: what a row of sums has.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int RowLength(in ConvolutionGeometry geometry) => (geometry.Terms + Doubles) / Doubles * Doubles;

    /// <summary>Doubles of the sums: a row for each term, of which what is left of the diagonal is not used. The column after the last term holds the terms' own sums.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int Length(in ConvolutionGeometry geometry) => (geometry.Terms + Doubles - 1) / Doubles * Doubles * RowLength(geometry);

    /// <summary>Floats after the bordered images that may be read in vain.</summary>
    public const int Slack = Doubles;

    /// <summary>Floats of scratch.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int ScratchLength(in ConvolutionGeometry geometry) => ((Pixels * RowLength(geometry)) + Doubles) * (sizeof(double) / sizeof(float));

    /// <summary>Adds the moments of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The bordered images, and <see cref="Slack"/> floats.</param>
    /// <param name="count">Images.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    /// <param name="sums">Receives <see cref="Length"/> doubles; added to.</param>
    public static void Add(in ConvolutionGeometry geometry, ReadOnlySpan<float> images, int count, Span<float> scratch, Span<double> sums)
    {
        int row = RowLength(geometry);
        Span<double> terms = MemoryMarshal.Cast<float, double>(scratch[..ScratchLength(geometry)]);
        for (int image = 0; image < count; image++)
        {
            for (int y = 0; y < geometry.OutputHeight; y++)
            {
                ReadOnlySpan<float> line = images[((image * geometry.BorderedLength) + (y * geometry.OutputRowStep))..];
                for (int x = 0; x < geometry.OutputWidth; x += Pixels)
                {
                    int pixels = Math.Min(Pixels, geometry.OutputWidth - x);
                    Gather(geometry, line[(x * geometry.PixelStep)..], pixels, terms);
                    AddProducts(ref MemoryMarshal.GetReference(terms), pixels, row, ref MemoryMarshal.GetReference(sums[..Length(geometry)]), geometry.Terms);
                }
            }
        }
    }

    // Each pixel's terms, one beside the other, and a one. Four at a time: what is too much is overwritten by the next ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Gather(in ConvolutionGeometry geometry, ReadOnlySpan<float> line, int pixels, Span<double> terms)
    {
        int run = geometry.Run, rest = RowLength(geometry) - geometry.Terms, rows = geometry.KernelHeight, step = geometry.PixelStep;
        nint rowStep = geometry.KernelRowStep;
        ref float from = ref MemoryMarshal.GetReference(line);
        ref double to = ref MemoryMarshal.GetReference(terms);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            ref float source = ref from;
            for (int y = 0; y < rows; y++, source = ref Unsafe.Add(ref source, rowStep))
            {
                for (int i = 0; i < run; i += Doubles)
                {
                    Vector128<float> values = Vector128.LoadUnsafe(ref source, (nuint)i);
                    Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)).StoreUnsafe(ref to, (nuint)i);
                }

                to = ref Unsafe.Add(ref to, run);
            }

            to = 1;
            for (int i = 1; i < rest; i++)
                Unsafe.Add(ref to, i) = 0;
            to = ref Unsafe.Add(ref to, rest);
            from = ref Unsafe.Add(ref from, step);
        }
    }

    private static void AddProducts(ref double terms, int pixels, int row, ref double sums, int rows)
    {
        for (int i = 0; i < rows; i += TileRows)
        {
            for (int j = i; j < row; j += TileVectors * Doubles)
            {
                ref double target = ref Unsafe.Add(ref sums, (i * row) + j);
                int vectors = Math.Min(TileVectors, (row - j) / Doubles);
                if (vectors == TileVectors)
                    AddTile(ref Unsafe.Add(ref terms, i), ref Unsafe.Add(ref terms, j), pixels, row, ref target);
                else
                    AddColumns(ref Unsafe.Add(ref terms, i), ref Unsafe.Add(ref terms, j), vectors, pixels, row, ref target);
            }
        }
    }

    // Four rows by three vectors.
    private static void AddTile(ref double left, ref double right, int pixels, nint row, ref double sums)
    {
        Load(ref sums, out Vector256<double> a0, out Vector256<double> b0, out Vector256<double> c0);
        Load(ref Unsafe.Add(ref sums, row), out Vector256<double> a1, out Vector256<double> b1, out Vector256<double> c1);
        Load(ref Unsafe.Add(ref sums, 2 * row), out Vector256<double> a2, out Vector256<double> b2, out Vector256<double> c2);
        Load(ref Unsafe.Add(ref sums, 3 * row), out Vector256<double> a3, out Vector256<double> b3, out Vector256<double> c3);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Load(ref right, out Vector256<double> a, out Vector256<double> b, out Vector256<double> c);
            Vector256<double> x = Vector256.Create(left);
            a0 = Vectors.MultiplyAdd(x, a, a0);
            b0 = Vectors.MultiplyAdd(x, b, b0);
            c0 = Vectors.MultiplyAdd(x, c, c0);
            x = Vector256.Create(Unsafe.Add(ref left, 1));
            a1 = Vectors.MultiplyAdd(x, a, a1);
            b1 = Vectors.MultiplyAdd(x, b, b1);
            c1 = Vectors.MultiplyAdd(x, c, c1);
            x = Vector256.Create(Unsafe.Add(ref left, 2));
            a2 = Vectors.MultiplyAdd(x, a, a2);
            b2 = Vectors.MultiplyAdd(x, b, b2);
            c2 = Vectors.MultiplyAdd(x, c, c2);
            x = Vector256.Create(Unsafe.Add(ref left, 3));
            a3 = Vectors.MultiplyAdd(x, a, a3);
            b3 = Vectors.MultiplyAdd(x, b, b3);
            c3 = Vectors.MultiplyAdd(x, c, c3);
            left = ref Unsafe.Add(ref left, row);
            right = ref Unsafe.Add(ref right, row);
        }

        Store(a0, b0, c0, ref sums);
        Store(a1, b1, c1, ref Unsafe.Add(ref sums, row));
        Store(a2, b2, c2, ref Unsafe.Add(ref sums, 2 * row));
        Store(a3, b3, c3, ref Unsafe.Add(ref sums, 3 * row));
    }

    // Four rows by one vector after the other.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddColumns(ref double left, ref double right, int vectors, int pixels, nint row, ref double sums)
    {
        for (int vector = 0; vector < vectors; vector++)
        {
            ref double l = ref left, r = ref Unsafe.Add(ref right, vector * Doubles), target = ref Unsafe.Add(ref sums, vector * Doubles);
            Vector256<double> s0 = Vector256.LoadUnsafe(ref target), s1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, row));
            Vector256<double> s2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 2 * row)), s3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref target, 3 * row));
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector256<double> value = Vector256.LoadUnsafe(ref r);
                s0 = Vectors.MultiplyAdd(Vector256.Create(l), value, s0);
                s1 = Vectors.MultiplyAdd(Vector256.Create(Unsafe.Add(ref l, 1)), value, s1);
                s2 = Vectors.MultiplyAdd(Vector256.Create(Unsafe.Add(ref l, 2)), value, s2);
                s3 = Vectors.MultiplyAdd(Vector256.Create(Unsafe.Add(ref l, 3)), value, s3);
                l = ref Unsafe.Add(ref l, row);
                r = ref Unsafe.Add(ref r, row);
            }

            s0.StoreUnsafe(ref target);
            s1.StoreUnsafe(ref Unsafe.Add(ref target, row));
            s2.StoreUnsafe(ref Unsafe.Add(ref target, 2 * row));
            s3.StoreUnsafe(ref Unsafe.Add(ref target, 3 * row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref double source, out Vector256<double> a, out Vector256<double> b, out Vector256<double> c)
    {
        a = Vector256.LoadUnsafe(ref source);
        b = Vector256.LoadUnsafe(ref source, Doubles);
        c = Vector256.LoadUnsafe(ref source, 2 * Doubles);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<double> a, Vector256<double> b, Vector256<double> c, ref double target)
    {
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, Doubles);
        c.StoreUnsafe(ref target, 2 * Doubles);
    }
}
