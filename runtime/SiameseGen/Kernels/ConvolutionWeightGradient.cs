using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The gradient of a convolution's weights and biases: for each term of the kernel and each filter the sum, over all pixels, of the
/// input under that term times the output's gradient. Six terms times sixteen filters are summed together over the pixels of a few images,
/// in the registers; the sums are then added to the gradient. Groups of images follow one another in order, so every sum has one order.
/// </summary>
internal static class ConvolutionWeightGradient
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileTerms = ConvolutionGeometry.TilePixels;

    /// <summary>Lays the gradient of the output out panel after panel of 16 filters, filled up with zeros.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="gradient">The gradient of the output, pixels × filters.</param>
    /// <param name="panels">Receives it.</param>
    /// <param name="group">Of which group of filters.</param>
    /// <returns>Pixels of all images.</returns>
    public static int Pack(in ConvolutionGeometry geometry, ReadOnlySpan<float> gradient, Span<float> panels, int group = 0)
    {
        int filters = geometry.Filters, pixels = gradient.Length / geometry.TargetPixel, whole = filters / Width, others = geometry.TargetPixel - filters;
        ref float from = ref MemoryMarshal.GetReference(gradient[(group * filters)..]), to = ref MemoryMarshal.GetReference(panels[..(pixels * geometry.Panels * Width)]);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            ref float target = ref Unsafe.Add(ref to, pixel * Width);
            for (int panel = 0; panel < whole; panel++)
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref target);
                Vector256.LoadUnsafe(ref from, 8).StoreUnsafe(ref target, 8);
                from = ref Unsafe.Add(ref from, Width);
                target = ref Unsafe.Add(ref target, pixels * Width);
            }

            for (int filter = whole * Width; filter < geometry.Panels * Width; filter++)
            {
                bool used = filter < filters;
                target = used ? from : 0f;
                from = ref Unsafe.Add(ref from, used ? 1 : 0);
                target = ref Unsafe.Add(ref target, 1);
            }

            from = ref Unsafe.Add(ref from, others);
        }

        return pixels;
    }

    /// <summary>
    /// Finds where each pixel's kernel begins, for a whole group of images: the sums' loop then is one, and not one for each short row of pixels.
    /// </summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="positions">Receives offsets in the bordered images.</param>
    public static void Locate(in ConvolutionGeometry geometry, Span<int> positions)
    {
        int step = geometry.PixelStep, rowStep = geometry.OutputRowStep;
        for (int i = 0; i < positions.Length; i++)
        {
            (int image, int pixel) = Math.DivRem(i, geometry.Pixels);
            (int row, int column) = Math.DivRem(pixel, geometry.OutputWidth);
            positions[i] = (image * geometry.BorderedLength) + (row * rowStep) + (column * step);
        }
    }

    /// <summary>Adds the gradient of the weights of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The bordered images.</param>
    /// <param name="panels">The packed gradient of the output.</param>
    /// <param name="positions">What <see cref="Locate"/> found.</param>
    /// <param name="pixels">Pixels of all images.</param>
    /// <param name="gradient">The gradient of the weights, terms × filters, from the first filter of the group on; added to.</param>
    public static void Add(
        in ConvolutionGeometry geometry, ReadOnlySpan<float> images, ReadOnlySpan<float> panels, ReadOnlySpan<int> positions, int pixels,
        Span<float> gradient)
    {
        int filters = geometry.Filters, stride = geometry.TargetPixel;
        positions = positions[..pixels];
        ref float first = ref MemoryMarshal.GetReference(images);
        Edge edge = default;
        Span<float> tile = edge;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            ref float slopes = ref MemoryMarshal.GetReference(panels.Slice(panel * pixels * Width, pixels * Width));
            int used = Math.Min(Width, filters - (panel * Width));
            var cursor = new Cursor(geometry);
            for (int term = 0; term < geometry.Terms; term += TileTerms)
            {
                // The last tile repeats its last term.
                int terms = Math.Min(TileTerms, geometry.Terms - term);
                ref float x0 = ref Unsafe.Add(ref first, cursor.Offset);
                ref float x1 = ref Unsafe.Add(ref first, cursor.Next(terms > 1));
                ref float x2 = ref Unsafe.Add(ref first, cursor.Next(terms > 2));
                ref float x3 = ref Unsafe.Add(ref first, cursor.Next(terms > 3));
                ref float x4 = ref Unsafe.Add(ref first, cursor.Next(terms > 4));
                ref float x5 = ref Unsafe.Add(ref first, cursor.Next(terms > 5));
                cursor.Next(terms == TileTerms);
                Span<float> target = gradient[((term * stride) + (panel * Width))..];
                if (terms == TileTerms && used == Width)
                {
                    Tile(positions, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref slopes, ref MemoryMarshal.GetReference(target), stride);
                    continue;
                }

                for (int i = 0; i < terms; i++)
                    target.Slice(i * stride, used).CopyTo(tile[(i * Width)..]);
                Tile(positions, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref slopes, ref MemoryMarshal.GetReference(tile), Width);
                for (int i = 0; i < terms; i++)
                    tile.Slice(i * Width, used).CopyTo(target[(i * stride)..]);
            }
        }
    }

    /// <summary>Adds the gradient of the biases of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="panels">The packed gradient of the output.</param>
    /// <param name="pixels">Pixels of all images.</param>
    /// <param name="gradient">The gradient of the biases, added to.</param>
    public static void AddBias(in ConvolutionGeometry geometry, ReadOnlySpan<float> panels, int pixels, Span<float> gradient)
    {
        Edge edge = default;
        Span<float> row = ((Span<float>)edge)[..Width];
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            ref float slopes = ref MemoryMarshal.GetReference(panels.Slice(panel * pixels * Width, pixels * Width));
            Vector256<float> low = default, high = default;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                low += Vector256.LoadUnsafe(ref slopes, (nuint)(pixel * Width));
                high += Vector256.LoadUnsafe(ref slopes, (nuint)(pixel * Width) + 8);
            }

            int used = Math.Min(Width, geometry.Filters - (panel * Width));
            Span<float> target = gradient.Slice(panel * Width, used);
            target.CopyTo(row);
            Add(low, high, ref MemoryMarshal.GetReference(row));
            row[..used].CopyTo(target);
        }
    }

    private static void Tile(
        ReadOnlySpan<int> positions, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5, ref float slopes,
        ref float gradient, nint stride)
    {
        if (WideTiles.IsSupported)
            GradientTiles.SixAt(positions, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref slopes, ref gradient, stride);
        else
            TileOfTwoVectors(positions, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref slopes, ref gradient, stride);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TileOfTwoVectors(
        ReadOnlySpan<int> positions, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5, ref float slopes,
        ref float gradient, nint stride)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        ref int position = ref MemoryMarshal.GetReference(positions);
        for (nint pixels = positions.Length; pixels > 0; pixels--)
        {
            nint at = position;
            position = ref Unsafe.Add(ref position, 1);
            Vector256<float> g0 = Vector256.LoadUnsafe(ref slopes), g1 = Vector256.LoadUnsafe(ref slopes, 8);
            slopes = ref Unsafe.Add(ref slopes, Width);
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref x0, at));
            a0 = Vectors.MultiplyAdd(value, g0, a0);
            b0 = Vectors.MultiplyAdd(value, g1, b0);
            value = Vector256.Create(Unsafe.Add(ref x1, at));
            a1 = Vectors.MultiplyAdd(value, g0, a1);
            b1 = Vectors.MultiplyAdd(value, g1, b1);
            value = Vector256.Create(Unsafe.Add(ref x2, at));
            a2 = Vectors.MultiplyAdd(value, g0, a2);
            b2 = Vectors.MultiplyAdd(value, g1, b2);
            value = Vector256.Create(Unsafe.Add(ref x3, at));
            a3 = Vectors.MultiplyAdd(value, g0, a3);
            b3 = Vectors.MultiplyAdd(value, g1, b3);
            value = Vector256.Create(Unsafe.Add(ref x4, at));
            a4 = Vectors.MultiplyAdd(value, g0, a4);
            b4 = Vectors.MultiplyAdd(value, g1, b4);
            value = Vector256.Create(Unsafe.Add(ref x5, at));
            a5 = Vectors.MultiplyAdd(value, g0, a5);
            b5 = Vectors.MultiplyAdd(value, g1, b5);
        }

        Add(a0, b0, ref gradient);
        Add(a1, b1, ref Unsafe.Add(ref gradient, stride));
        Add(a2, b2, ref Unsafe.Add(ref gradient, 2 * stride));
        Add(a3, b3, ref Unsafe.Add(ref gradient, 3 * stride));
        Add(a4, b4, ref Unsafe.Add(ref gradient, 4 * stride));
        Add(a5, b5, ref Unsafe.Add(ref gradient, 5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> low, Vector256<float> high, ref float gradient)
    {
        (Vector256.LoadUnsafe(ref gradient) + low).StoreUnsafe(ref gradient);
        (Vector256.LoadUnsafe(ref gradient, 8) + high).StoreUnsafe(ref gradient, 8);
    }

    // Where the input under one term after another is, from a pixel's position.
    private struct Cursor(in ConvolutionGeometry geometry)
    {
        private readonly int _run = geometry.Run, _skip = geometry.KernelRowStep - geometry.Run;
        private int _term;

        public int Offset { get; private set; }

        public int Next(bool advance)
        {
            if (!advance)
                return Offset;
            Offset++;
            if (++_term == _run)
            {
                _term = 0;
                Offset += _skip;
            }

            return Offset;
        }
    }

    [InlineArray(TileTerms * Width)]
    private struct Edge
    {
        private float _first;
    }
}
