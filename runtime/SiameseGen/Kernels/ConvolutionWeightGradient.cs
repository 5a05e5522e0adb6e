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
    /// <returns>Pixels of all images.</returns>
    public static int Pack(in ConvolutionGeometry geometry, ReadOnlySpan<float> gradient, Span<float> panels)
    {
        int filters = geometry.Filters, pixels = gradient.Length / filters;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            int first = panel * Width, used = Math.Min(Width, filters - first);
            Span<float> target = panels.Slice(panel * pixels * Width, pixels * Width);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Span<float> row = target.Slice(pixel * Width, Width);
                gradient.Slice((pixel * filters) + first, used).CopyTo(row);
                row[used..].Clear();
            }
        }

        return pixels;
    }

    /// <summary>Adds the gradient of the weights of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The bordered images.</param>
    /// <param name="panels">The packed gradient of the output.</param>
    /// <param name="pixels">Pixels of all images.</param>
    /// <param name="gradient">The gradient of the weights, terms × filters, added to.</param>
    public static void Add(in ConvolutionGeometry geometry, ReadOnlySpan<float> images, ReadOnlySpan<float> panels, int pixels, Span<float> gradient)
    {
        int filters = geometry.Filters, run = geometry.Run;
        var loop = new Loop(
            pixels / geometry.Pixels, geometry.OutputHeight, geometry.OutputWidth, geometry.Stride * geometry.Channels,
            geometry.Stride * geometry.RowLength, geometry.BorderedLength);
        ref float first = ref MemoryMarshal.GetReference(images);
        Sums sums = default;
        Span<float> tile = sums;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            ref float slopes = ref MemoryMarshal.GetReference(panels.Slice(panel * pixels * Width, pixels * Width));
            int used = Math.Min(Width, filters - (panel * Width));
            for (int row = 0; row < geometry.KernelHeight; row++)
            {
                for (int term = 0; term < run; term += TileTerms)
                {
                    Tile(loop, ref Unsafe.Add(ref first, (row * geometry.RowLength) + term), ref slopes, ref MemoryMarshal.GetReference(tile));
                    int terms = Math.Min(TileTerms, run - term);
                    Span<float> target = gradient[((((row * run) + term) * filters) + (panel * Width))..];
                    for (int i = 0; i < terms; i++)
                        AddTo(tile.Slice(i * Width, used), target.Slice(i * filters, used));
                }
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
        Sums sums = default;
        Span<float> row = ((Span<float>)sums)[..Width];
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            ref float slopes = ref MemoryMarshal.GetReference(panels.Slice(panel * pixels * Width, pixels * Width));
            Vector256<float> low = default, high = default;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                low += Vector256.LoadUnsafe(ref slopes, (nuint)(pixel * Width));
                high += Vector256.LoadUnsafe(ref slopes, (nuint)(pixel * Width) + 8);
            }

            low.StoreUnsafe(ref row[0]);
            high.StoreUnsafe(ref row[8]);
            int used = Math.Min(Width, geometry.Filters - (panel * Width));
            AddTo(row[..used], gradient.Slice(panel * Width, used));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tile(in Loop loop, ref float x, ref float slopes, ref float sums)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        nint columns = loop.Columns, step = loop.Step;
        for (int image = 0; image < loop.Images; image++)
        {
            for (int row = 0; row < loop.Rows; row++)
            {
                ref float pixel = ref Unsafe.Add(ref x, (image * loop.ImageStep) + (row * loop.RowStep));
                for (nint column = columns; column > 0; column--)
                {
                    Vector256<float> g0 = Vector256.LoadUnsafe(ref slopes), g1 = Vector256.LoadUnsafe(ref slopes, 8);
                    slopes = ref Unsafe.Add(ref slopes, Width);
                    Vector256<float> value = Vector256.Create(pixel);
                    a0 = Vectors.MultiplyAdd(value, g0, a0);
                    b0 = Vectors.MultiplyAdd(value, g1, b0);
                    value = Vector256.Create(Unsafe.Add(ref pixel, 1));
                    a1 = Vectors.MultiplyAdd(value, g0, a1);
                    b1 = Vectors.MultiplyAdd(value, g1, b1);
                    value = Vector256.Create(Unsafe.Add(ref pixel, 2));
                    a2 = Vectors.MultiplyAdd(value, g0, a2);
                    b2 = Vectors.MultiplyAdd(value, g1, b2);
                    value = Vector256.Create(Unsafe.Add(ref pixel, 3));
                    a3 = Vectors.MultiplyAdd(value, g0, a3);
                    b3 = Vectors.MultiplyAdd(value, g1, b3);
                    value = Vector256.Create(Unsafe.Add(ref pixel, 4));
                    a4 = Vectors.MultiplyAdd(value, g0, a4);
                    b4 = Vectors.MultiplyAdd(value, g1, b4);
                    value = Vector256.Create(Unsafe.Add(ref pixel, 5));
                    a5 = Vectors.MultiplyAdd(value, g0, a5);
                    b5 = Vectors.MultiplyAdd(value, g1, b5);
                    pixel = ref Unsafe.Add(ref pixel, step);
                }
            }
        }

        Store(a0, b0, ref sums, 0);
        Store(a1, b1, ref sums, Width);
        Store(a2, b2, ref sums, 2 * Width);
        Store(a3, b3, ref sums, 3 * Width);
        Store(a4, b4, ref sums, 4 * Width);
        Store(a5, b5, ref sums, 5 * Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float sums, nuint offset)
    {
        low.StoreUnsafe(ref sums, offset);
        high.StoreUnsafe(ref sums, offset + 8);
    }

    private static void AddTo(ReadOnlySpan<float> sums, Span<float> gradient)
    {
        if (sums.Length == Width)
        {
            ref float from = ref MemoryMarshal.GetReference(sums), to = ref MemoryMarshal.GetReference(gradient);
            (Vector256.LoadUnsafe(ref to) + Vector256.LoadUnsafe(ref from)).StoreUnsafe(ref to);
            (Vector256.LoadUnsafe(ref to, 8) + Vector256.LoadUnsafe(ref from, 8)).StoreUnsafe(ref to, 8);
            return;
        }

        for (int i = 0; i < sums.Length; i++)
            gradient[i] += sums[i];
    }

    private readonly record struct Loop(int Images, int Rows, int Columns, int Step, int RowStep, int ImageStep);

    [InlineArray(TileTerms * Width)]
    private struct Sums
    {
        private float _first;
    }
}
