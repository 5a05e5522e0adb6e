using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// For each term of a convolution's kernel and each filter the sum, over the windows of a pooling, of the gradient times the term under the pixel that the
/// window's mark names; and the gradients' own sums. Pixels that no mark names have no part in it, so that no gradient is ever laid out for them.
/// Nine terms times eight filters are summed in registers over an image; images are added in double precision.
/// </summary>
internal static class MarkedWeightGradient
{
    // Terms that are summed together: three adjacent floats of three rows of the kernel.
    private const int TileRows = 3, TileRun = 3;

    /// <summary>Floats after the bordered image that a tile may read in vain.</summary>
    public const int Slack = TileRun;

    /// <summary>Doubles of the sums: terms × filters, then the gradients' own sums.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int Length(in ConvolutionGeometry geometry) => (geometry.Terms + 1) * geometry.Filters;

    /// <summary>Adds the sums of one image.</summary>
    /// <param name="geometry">The convolution, as far as pooling reads it.</param>
    /// <param name="image">The bordered image, and <see cref="Slack"/> floats.</param>
    /// <param name="gradient">The gradient of the pooled image.</param>
    /// <param name="marks">What <see cref="MarkedMaxPool"/> left of it.</param>
    /// <param name="sums">Receives <see cref="Length"/> doubles; added to.</param>
    public static void Add(
        in ConvolutionGeometry geometry, ReadOnlySpan<float> image, ReadOnlySpan<float> gradient, ReadOnlySpan<uint> marks, Span<double> sums)
    {
        int filters = geometry.Filters;
        var pixels = new Windows(geometry);
        for (int filter = 0, count; filter < filters; filter += count)
        {
            count = WideTiles.IsSupported && filters - filter >= Sixteen.Count ? Sixteen.Count : Lanes.Count;
            ref float slopes = ref MemoryMarshal.GetReference(gradient[filter..]);
            ref uint named = ref MemoryMarshal.GetReference(marks[(filter / Lanes.Count)..]);
            for (int row = 0; row < geometry.KernelHeight; row += TileRows)
            {
                for (int i = 0; i < geometry.Run; i += TileRun)
                {
                    var tile = new Tile(Math.Min(TileRows, geometry.KernelHeight - row), Math.Min(TileRun, geometry.Run - i), geometry, filters - filter);
                    ref float x = ref MemoryMarshal.GetReference(image[((row * geometry.KernelRowStep) + i)..]);
                    Span<double> target = sums[((((row * geometry.Run) + i) * filters) + filter)..];
                    if (count == Sixteen.Count)
                        AddWideTile(pixels, tile, ref x, ref slopes, ref named, target);
                    else if (tile.Filters >= Lanes.Count)
                        AddTile<WholeLanes>(pixels, tile, ref x, ref slopes, ref named, target);
                    else
                        AddTile<SomeLanes>(pixels, tile, ref x, ref slopes, ref named, target);
                }
            }
        }

        AddSlopes(gradient, marks, filters, sums.Slice(geometry.Terms * filters, filters));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTile<TLanes>(in Windows windows, in Tile tile, ref float x, ref float gradient, ref uint marks, Span<double> sums)
        where TLanes : struct, ILanes
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default, c0 = default, c1 = default, c2 = default;
        ref float y = ref Unsafe.Add(ref x, tile.SecondRow), z = ref Unsafe.Add(ref x, tile.ThirdRow);
        nint across = windows.Across, down = windows.Down;
        for (int row = 0; row < windows.Rows; row++)
        {
            nint first = 2 * row * down;
            for (int column = 0; column < windows.Columns; column++, first += 2 * across)
            {
                Vector256<float> slopes = TLanes.Load(ref gradient, 0, tile.Filters);
                Vector256<int> mark = Vector256.Create((int)marks);

                Vector256<float> slope = slopes & MarkedMaxPool.LanesOf(mark, 0);
                AddRow(slope, ref Unsafe.Add(ref x, first), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, first), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, first), ref c0, ref c1, ref c2);

                nint second = first + across;
                slope = slopes & MarkedMaxPool.LanesOf(mark, 1);
                AddRow(slope, ref Unsafe.Add(ref x, second), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, second), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, second), ref c0, ref c1, ref c2);

                nint third = first + down;
                slope = slopes & MarkedMaxPool.LanesOf(mark, 2);
                AddRow(slope, ref Unsafe.Add(ref x, third), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, third), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, third), ref c0, ref c1, ref c2);

                nint fourth = third + across;
                slope = slopes & MarkedMaxPool.LanesOf(mark, 3);
                AddRow(slope, ref Unsafe.Add(ref x, fourth), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, fourth), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, fourth), ref c0, ref c1, ref c2);

                gradient = ref Unsafe.Add(ref gradient, windows.Filters);
                marks = ref Unsafe.Add(ref marks, windows.Marks);
            }
        }

        Store<TLanes>(a0, a1, a2, tile, 0, sums);
        Store<TLanes>(b0, b1, b2, tile, 1, sums);
        Store<TLanes>(c0, c1, c2, tile, 2, sums);
    }

    // The same for sixteen filters.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddWideTile(in Windows windows, in Tile tile, ref float x, ref float gradient, ref uint marks, Span<double> sums)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default, c0 = default, c1 = default, c2 = default;
        ref float y = ref Unsafe.Add(ref x, tile.SecondRow), z = ref Unsafe.Add(ref x, tile.ThirdRow);
        nint across = windows.Across, down = windows.Down;
        for (int row = 0; row < windows.Rows; row++)
        {
            nint first = 2 * row * down;
            for (int column = 0; column < windows.Columns; column++, first += 2 * across)
            {
                var slopes = Vector512.LoadUnsafe(ref gradient);
                var mark = Vector512.Create(Vector256.Create((int)marks), Vector256.Create((int)Unsafe.Add(ref marks, 1)));

                Vector512<float> slope = Vector512.ConditionalSelect(MarkedMaxPool.LanesOf(mark, 0), slopes, Vector512<float>.Zero);
                AddRow(slope, ref Unsafe.Add(ref x, first), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, first), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, first), ref c0, ref c1, ref c2);

                nint second = first + across;
                slope = Vector512.ConditionalSelect(MarkedMaxPool.LanesOf(mark, 1), slopes, Vector512<float>.Zero);
                AddRow(slope, ref Unsafe.Add(ref x, second), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, second), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, second), ref c0, ref c1, ref c2);

                nint third = first + down;
                slope = Vector512.ConditionalSelect(MarkedMaxPool.LanesOf(mark, 2), slopes, Vector512<float>.Zero);
                AddRow(slope, ref Unsafe.Add(ref x, third), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, third), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, third), ref c0, ref c1, ref c2);

                nint fourth = third + across;
                slope = Vector512.ConditionalSelect(MarkedMaxPool.LanesOf(mark, 3), slopes, Vector512<float>.Zero);
                AddRow(slope, ref Unsafe.Add(ref x, fourth), ref a0, ref a1, ref a2);
                AddRow(slope, ref Unsafe.Add(ref y, fourth), ref b0, ref b1, ref b2);
                AddRow(slope, ref Unsafe.Add(ref z, fourth), ref c0, ref c1, ref c2);

                gradient = ref Unsafe.Add(ref gradient, windows.Filters);
                marks = ref Unsafe.Add(ref marks, windows.Marks);
            }
        }

        StoreWide(a0, a1, a2, tile, 0, sums);
        StoreWide(b0, b1, b2, tile, 1, sums);
        StoreWide(c0, c1, c2, tile, 2, sums);

        static void StoreWide(Vector512<float> sum0, Vector512<float> sum1, Vector512<float> sum2, in Tile tile, int row, Span<double> sums)
        {
            Store<WholeLanes>(sum0.GetLower(), sum1.GetLower(), sum2.GetLower(), tile, row, sums);
            Store<WholeLanes>(sum0.GetUpper(), sum1.GetUpper(), sum2.GetUpper(), tile, row, sums[Lanes.Count..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector256<float> slope, ref float x, ref Vector256<float> sum0, ref Vector256<float> sum1, ref Vector256<float> sum2)
    {
        sum0 = Vectors.MultiplyAdd(slope, Vector256.Create(x), sum0);
        sum1 = Vectors.MultiplyAdd(slope, Vector256.Create(Unsafe.Add(ref x, 1)), sum1);
        sum2 = Vectors.MultiplyAdd(slope, Vector256.Create(Unsafe.Add(ref x, 2)), sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(Vector512<float> slope, ref float x, ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2)
    {
        sum0 = Vectors.MultiplyAdd(slope, Vector512.Create(x), sum0);
        sum1 = Vectors.MultiplyAdd(slope, Vector512.Create(Unsafe.Add(ref x, 1)), sum1);
        sum2 = Vectors.MultiplyAdd(slope, Vector512.Create(Unsafe.Add(ref x, 2)), sum2);
    }

    // What a tile has beyond the kernel is left out.
    private static void Store<TLanes>(Vector256<float> sum0, Vector256<float> sum1, Vector256<float> sum2, in Tile tile, int row, Span<double> sums)
        where TLanes : struct, ILanes
    {
        if (row >= tile.Rows)
            return;
        ref double target = ref MemoryMarshal.GetReference(sums[(row * tile.SumRow)..]);
        Store<TLanes>(sum0, ref target, tile.Filters);
        if (tile.Run > 1)
            Store<TLanes>(sum1, ref Unsafe.Add(ref target, tile.SumStep), tile.Filters);
        if (tile.Run > 2)
            Store<TLanes>(sum2, ref Unsafe.Add(ref target, 2 * tile.SumStep), tile.Filters);
    }

    private static void Store<TLanes>(Vector256<float> sum, ref double target, int lanes)
        where TLanes : struct, ILanes
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(sum);
        TLanes.Store(TLanes.Load(ref target, 0, lanes) + low, ref target, 0, lanes);
        TLanes.Store(TLanes.Load(ref target, 4, lanes - 4) + high, ref target, 4, lanes - 4);
    }

    // Of windows through whose rectifier something came, whichever pixel it was.
    private static void AddSlopes(ReadOnlySpan<float> gradient, ReadOnlySpan<uint> marks, int filters, Span<double> sums)
    {
        int marksOfPixel = MarkedMaxPool.MarksOfPixel(filters), windows = gradient.Length / filters;
        ref float slopes = ref MemoryMarshal.GetReference(gradient);
        ref uint named = ref MemoryMarshal.GetReference(marks);
        ref double target = ref MemoryMarshal.GetReference(sums);
        for (int filter = 0; filter < filters; filter += Lanes.Count)
        {
            if (filters - filter >= Lanes.Count)
                Add<WholeLanes>(ref Unsafe.Add(ref slopes, filter), ref Unsafe.Add(ref named, filter / Lanes.Count), ref Unsafe.Add(ref target, filter));
            else
                Add<SomeLanes>(ref Unsafe.Add(ref slopes, filter), ref Unsafe.Add(ref named, filter / Lanes.Count), ref Unsafe.Add(ref target, filter));

            void Add<TLanes>(ref float slopes, ref uint named, ref double target)
                where TLanes : struct, ILanes
            {
                Vector256<float> sum = default;
                for (int window = 0; window < windows; window++)
                {
                    uint mark = Unsafe.Add(ref named, window * marksOfPixel);
                    Vector256<int> any = Vector256.Create((int)((mark | (mark >> 8) | (mark >> 16) | (mark >> 24)) & 0xFF));
                    sum += TLanes.Load(ref slopes, window * filters, filters - filter) & MarkedMaxPool.LanesOf(any, 0);
                }

                Store<TLanes>(sum, ref target, filters - filter);
            }
        }
    }

    // How the windows of a pooling lie in the bordered image, in the pooled gradient and in the marks.
    private readonly struct Windows(in ConvolutionGeometry geometry)
    {
        public readonly int Rows = geometry.OutputHeight / 2;
        public readonly int Columns = geometry.OutputWidth / 2;
        public readonly int Across = geometry.PixelStep;
        public readonly int Down = geometry.OutputRowStep;
        public readonly int Filters = geometry.Filters;
        public readonly int Marks = MarkedMaxPool.MarksOfPixel(geometry.Filters);
    }

    // A tile of the kernel's terms: how many it has, where its other rows are, and where their sums are. Where it has no more rows, it repeats its first.
    private readonly struct Tile(int rows, int run, in ConvolutionGeometry geometry, int filters)
    {
        public readonly int Rows = rows;
        public readonly int Run = run;
        public readonly int Filters = filters;
        public readonly int SecondRow = rows > 1 ? geometry.KernelRowStep : 0;
        public readonly int ThirdRow = rows > 2 ? 2 * geometry.KernelRowStep : 0;
        public readonly int SumStep = geometry.Filters;
        public readonly int SumRow = geometry.Run * geometry.Filters;
    }
}
