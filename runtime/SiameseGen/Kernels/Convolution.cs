using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// The convolution of bordered images with packed weights, in <see cref="RegisterTiles"/>. Each output is one chain of
/// fused multiply-adds that starts at the bias and goes over kernel rows, kernel columns and channels.
/// </summary>
internal static class Convolution
{
    private const int Width = ConvolutionGeometry.PanelWidth, TilePixels = ConvolutionGeometry.TilePixels;

    /// <summary>Convolves a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The bordered images.</param>
    /// <param name="count">Images.</param>
    /// <param name="packed">Packed weights.</param>
    /// <param name="bias">Packed biases.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Receives the outputs, image after image, from the first filter of the group on.</param>
    public static void Run(
        in ConvolutionGeometry geometry, ReadOnlySpan<float> images, int count, ReadOnlySpan<float> packed, ReadOnlySpan<float> bias, bool relu,
        Span<float> output)
    {
        int pixels = count * geometry.Pixels, filters = geometry.Filters, stride = geometry.TargetPixel, panelLength = geometry.Terms * Width;
        TileLoop single = new(geometry.KernelHeight, geometry.Run, geometry.KernelRowStep, relu);
        Edge edge = default;
        for (int panel = 0, panels; panel < geometry.Panels; panel += panels)
        {
            panels = Math.Min(RegisterTiles.Panels, geometry.Panels - panel);
            ref float weights = ref MemoryMarshal.GetReference(packed.Slice(panel * panelLength, panels * panelLength));
            ref float biases = ref MemoryMarshal.GetReference(bias.Slice(panel * Width, panels * Width));
            int width = panels * Width, used = Math.Min(width, filters - (panel * Width));
            TileLoop loop = panels > 1 ? single with { SecondWeights = panelLength, SecondOutput = Width } : single;
            var cursor = new Cursor(geometry, images);
            for (int pixel = 0; pixel < pixels; pixel += TilePixels)
            {
                int left = pixels - pixel;
                Span<float> target = output[((pixel * stride) + (panel * Width))..];
                if (left >= TilePixels && used == width)
                {
                    Compute(loop, TilePixels, ref cursor, ref weights, ref biases, ref MemoryMarshal.GetReference(target), stride);
                    continue;
                }

                // What is beyond the last pixel or the last filter must not be written to the output.
                int tilePixels = Math.Min(left, TilePixels);
                Span<float> tile = edge;
                Compute(loop, tilePixels, ref cursor, ref weights, ref biases, ref MemoryMarshal.GetReference(tile), width);
                for (int row = 0; row < tilePixels; row++)
                    tile.Slice(row * width, used).CopyTo(target[(row * stride)..]);
            }
        }
    }

    // A smaller tile computes what is left, and repeats its last pixel where it has one too many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute(
        in TileLoop loop, int pixels, ref Cursor cursor, ref float weights, ref float biases, ref float target, nint stride)
    {
        ref float x0 = ref cursor.Here;
        ref float x1 = ref cursor.Next(pixels > 1);
        if (pixels <= 2)
        {
            RegisterTiles.Two(loop, ref x0, ref x1, ref weights, ref biases, ref target, stride);
            return;
        }

        ref float x2 = ref cursor.Next(true);
        ref float x3 = ref cursor.Next(pixels > 3);
        if (pixels <= 4)
        {
            RegisterTiles.Four(loop, ref x0, ref x1, ref x2, ref x3, ref weights, ref biases, ref target, stride);
            return;
        }

        ref float x4 = ref cursor.Next(true);
        ref float x5 = ref cursor.Next(pixels > 5);
        cursor.Next(true);
        RegisterTiles.Six(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref target, stride);
    }

    // Where the kernel's first float is for one output pixel after another, image after image.
    private ref struct Cursor(in ConvolutionGeometry geometry, ReadOnlySpan<float> images)
    {
        private readonly ref float _first = ref MemoryMarshal.GetReference(images);
        private readonly int _columns = geometry.OutputWidth, _rows = geometry.OutputHeight;
        private readonly int _step = geometry.PixelStep, _rowStep = geometry.OutputRowStep, _imageStep = geometry.BorderedLength;
        private int _column, _row, _rowStart, _imageStart, _offset;

        public readonly ref float Here => ref Unsafe.Add(ref _first, _offset);

        public ref float Next(bool advance)
        {
            if (advance)
            {
                _offset += _step;
                if (++_column == _columns)
                    NextRow();
            }

            return ref Here;
        }

        private void NextRow()
        {
            _column = 0;
            _rowStart += _rowStep;
            if (++_row == _rows)
            {
                _row = 0;
                _imageStart += _imageStep;
                _rowStart = _imageStart;
            }

            _offset = _rowStart;
        }
    }

    [InlineArray(TilePixels * RegisterTiles.MostPanels * Width)]
    private struct Edge
    {
        private float _first;
    }
}
