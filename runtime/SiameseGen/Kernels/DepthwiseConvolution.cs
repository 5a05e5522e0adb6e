using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// A depthwise convolution, sixteen or eight channels at a time. Each output is one chain of fused multiply-adds that starts at the bias and goes over the kernel's
/// rows and their columns, without those that lie outside of the image. Where channels are no multiple of eight, the last vector overlaps the one before
/// and computes some outputs a second time, in the same order.
/// </summary>
internal static class DepthwiseConvolution
{
    /// <summary>Convolves images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="weights">Kernel rows × kernel columns × channels.</param>
    /// <param name="bias">A bias for each channel.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Receives the outputs.</param>
    public static void Run(
        in DepthwiseGeometry geometry, ReadOnlySpan<float> images, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, bool relu, Span<float> output)
    {
        (int first, int end) = geometry.InnerOutputs();
        bool threes = geometry.FitsTilesOfThree(first, end);
        while (!images.IsEmpty)
        {
            for (int row = 0; row < geometry.OutputHeight; row++)
            {
                DepthwiseGeometry.Overlap rows = geometry.Rows(row);
                var line = new Line(geometry, rows.Count, relu)
                {
                    Input = ref MemoryMarshal.GetReference(images[(rows.Position * geometry.InputRow)..geometry.InputLength]),
                    Weights = ref MemoryMarshal.GetReference(weights[(rows.First * geometry.KernelWidth * geometry.Channels)..]),
                    Bias = ref MemoryMarshal.GetReference(bias[..geometry.Channels]),
                    Output = ref MemoryMarshal.GetReference(output[(geometry.OutputStart + (row * geometry.OutputRow))..geometry.OutputLength]),
                };
                if (threes)
                {
                    line.Threes(geometry.MiddleOfFirst(first), first > 0, end < geometry.OutputWidth, geometry.OutputWidth);
                    continue;
                }

                line.Outer(geometry, 0, first);
                if (first < end)
                    line.Inner(geometry.Columns(first).Position, first, end - first);
                line.Outer(geometry, end, geometry.OutputWidth);
            }

            images = images[geometry.InputLength..];
            output = output[geometry.OutputLength..];
        }
    }

    // One row of outputs: the input, the weights and the output at the first kernel row that lies in the image.
    private ref struct Line(in DepthwiseGeometry geometry, int rows, bool relu)
    {
        private readonly int _channels = geometry.Channels;
        private readonly DepthwiseLoop _loop = new(
            rows, geometry.KernelWidth, geometry.Channels, geometry.InputRow, geometry.InputColumn, geometry.OutputColumn, relu);

        public required ref float Input;
        public required ref float Weights;
        public required ref float Bias;
        public required ref float Output;

        // All outputs, where there are at least eight channels; the position is that of the first one's middle tap.
        public readonly void Threes(int position, bool left, bool right, int count)
        {
            ref float x = ref Unsafe.Add(ref Input, position * _channels);
            nint c = 0;
            for (; WideTiles.IsSupported && c <= _channels - Sixteen.Count; c += Sixteen.Count)
                Threes<Sixteen>(c, count, left, right, ref x);
            for (; c < _channels; c += Eight.Count)
                Threes<Eight>(Math.Min(c, _channels - Eight.Count), count, left, right, ref x);
        }

        // Outputs under whose kernel is nothing but image.
        public readonly void Inner(int position, int first, int count)
        {
            ref float x = ref Unsafe.Add(ref Input, position * _channels);
            ref float y = ref _loop.Output(ref Output, first);
            if (_channels < Lanes.Count)
            {
                for (int i = 0; i < count; i++)
                    Some(_loop.Rows, _loop.Columns, ref _loop.Input(ref x, i), ref Weights, ref _loop.Output(ref y, i));
                return;
            }

            nint c = 0;
            for (; WideTiles.IsSupported && c <= _channels - Sixteen.Count; c += Sixteen.Count)
                Inner<Sixteen>(c, count, ref x, ref y);
            for (; c < _channels; c += Eight.Count)
                Inner<Eight>(Math.Min(c, _channels - Eight.Count), count, ref x, ref y);
        }

        // Outputs at the left or right border, one at a time.
        public readonly void Outer(in DepthwiseGeometry geometry, int first, int end)
        {
            for (int column = first; column < end; column++)
            {
                DepthwiseGeometry.Overlap columns = geometry.Columns(column);
                ref float x = ref Unsafe.Add(ref Input, columns.Position * _channels);
                ref float w = ref Unsafe.Add(ref Weights, columns.First * _channels);
                ref float y = ref _loop.Output(ref Output, column);
                if (_channels < Lanes.Count)
                {
                    Some(_loop.Rows, columns.Count, ref x, ref w, ref y);
                    continue;
                }

                for (nint c = 0; c < _channels; c += Lanes.Count)
                {
                    c = Math.Min(c, _channels - Lanes.Count);
                    Vector256<float> sum = Sum<WholeLanes>(
                        _loop, _loop.Rows, columns.Count, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref w, c), ref Unsafe.Add(ref Bias, c), Lanes.Count);
                    sum.StoreUnsafe(ref y, (nuint)c);
                }
            }
        }

        private readonly void Threes<V>(nint c, int count, bool left, bool right, ref float x)
            where V : struct, IFloats<V> =>
            DepthwiseTilesOfThree<V>.Run(
                _loop, count, left, right, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref Weights, c), ref Unsafe.Add(ref Bias, c), ref Unsafe.Add(ref Output, c));

        private readonly void Inner<V>(nint c, int count, ref float x, ref float y)
            where V : struct, IFloats<V> =>
            DepthwiseTiles<V>.Run(_loop, count, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref Weights, c), ref Unsafe.Add(ref Bias, c), ref Unsafe.Add(ref y, c));

        // An output of fewer channels than a vector has.
        private readonly void Some(int rows, int columns, ref float x, ref float w, ref float y) =>
            SomeLanes.Store(Sum<SomeLanes>(_loop, rows, columns, ref x, ref w, ref Bias, _channels), ref y, 0, _channels);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Sum<TLanes>(
            in DepthwiseLoop loop, int rows, int columns, ref float x, ref float w, ref float bias, int lanes)
            where TLanes : struct, ILanes
        {
            Vector256<float> sum = TLanes.Load(ref bias, 0, lanes);
            int channels = loop.Channels, inputRow = loop.InputRow, kernelRow = loop.Columns * channels;
            for (int row = 0, at = 0, tap = 0; row < rows; row++, at += inputRow, tap += kernelRow)
            {
                for (int column = 0; column < columns; column++)
                    sum = Vectors.MultiplyAdd(TLanes.Load(ref x, at + (column * channels), lanes), TLanes.Load(ref w, tap + (column * channels), lanes), sum);
            }

            return loop.Relu ? ReLU.Of(sum) : sum;
        }
    }
}
