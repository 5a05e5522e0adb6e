using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// Items × inputs times inputs × outputs, with packed weights. Each output is one chain of fused multiply-adds from the bias over the inputs in order,
/// whatever the number of items. One item by itself reads every weight once, as fast as memory gives them; several share the weights that are loaded, a
/// block of inputs at a time, so that what a few items have of it is in a near cache, and its weights stay in the second-level one.
/// </summary>
internal static class DenseProducts
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileItems = ConvolutionGeometry.TilePixels, MostPanels = RegisterTiles.MostPanels;
    private const int PanelsOfOneItem = 4, MostInputs = 1024;

    /// <summary>Floats of scratch that a worker needs in training.</summary>
    /// <param name="shape">The layer.</param>
    public static int ScratchLength(in DenseShape shape) => (Math.Min(shape.Inputs, MostInputs) + 1) * Math.Min(shape.Panels, MostPanels) * Width;

    /// <summary>Multiplies.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="input">Items, one after another.</param>
    /// <param name="packed">Packed weights.</param>
    /// <param name="bias">Biases, padded.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Receives the outputs.</param>
    public static void Run(
        in DenseShape shape, ReadOnlySpan<float> input, ReadOnlySpan<float> packed, ReadOnlySpan<float> bias, bool relu, Span<float> output)
    {
        int items = input.Length / shape.Inputs, blocks = (shape.Inputs + MostInputs - 1) / MostInputs, block = (shape.Inputs + blocks - 1) / blocks;
        for (int panel = 0; panel < shape.Panels;)
        {
            ReadOnlySpan<float> weights = packed[(panel * shape.PanelLength)..], biases = bias[(panel * Width)..];
            Span<float> target = output[(panel * Width)..];
            if (items == 1 && shape.Outputs - (panel * Width) >= PanelsOfOneItem * Width)
            {
                RegisterTiles.OneByFour(
                    new TileLoop(1, shape.Inputs, 0, relu), ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(weights), shape.PanelLength,
                    ref MemoryMarshal.GetReference(biases), ref MemoryMarshal.GetReference(target));
                panel += PanelsOfOneItem;
                continue;
            }

            int panels = Math.Min(RegisterTiles.Panels, shape.Panels - panel), used = Math.Min(panels * Width, shape.Outputs - (panel * Width));
            for (int start = 0; start < shape.Inputs; start += block)
            {
                int count = Math.Min(block, shape.Inputs - start);
                TileLoop loop = Loop(panels, count, shape.PanelLength, relu && start + count == shape.Inputs, resume: start > 0);
                RunPanels(loop, shape, ref MemoryMarshal.GetReference(input[start..]), items, weights[(start * Width)..], biases, used, target);
            }

            panel += panels;
        }
    }

    /// <summary>
    /// Multiplies the items of a worker's shards in training, where weights are other ones in every step: each block is packed when its turn comes, and used
    /// for all shards while it is in the cache.
    /// </summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weights">The layer's weights; for the gradient of its input, those of the layer that <paramref name="shape"/> is the transposed of.</param>
    /// <param name="transposed">Whether they are that layer's.</param>
    /// <param name="bias">The biases; empty for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Run(
        TrainingPass pass, in DenseShape shape, int input, ReadOnlySpan<float> weights, bool transposed, ReadOnlySpan<float> bias, int output)
    {
        int blocks = (shape.Inputs + MostInputs - 1) / MostInputs, block = (shape.Inputs + blocks - 1) / blocks;
        int most = Math.Min(RegisterTiles.Panels, shape.Panels);
        Span<float> scratch = pass.Scratch(ScratchLength(shape)), biases = scratch[..(most * Width)], packed = scratch[biases.Length..];
        for (int panel = 0, panels; panel < shape.Panels; panel += panels)
        {
            panels = Math.Min(most, shape.Panels - panel);
            int column = panel * Width, used = Math.Min(panels * Width, shape.Outputs - column);
            biases.Clear();
            if (!bias.IsEmpty)
                bias.Slice(column, used).CopyTo(biases);
            for (int start = 0; start < shape.Inputs; start += block)
            {
                int count = Math.Min(block, shape.Inputs - start);
                for (int first = 0, length = count * Width; first < used; first += Width)
                {
                    Span<float> part = packed.Slice(first * count, length);
                    if (transposed)
                        PackTransposed(weights[(((column + first) * shape.Inputs) + start)..], shape.Inputs, Math.Min(used - first, Width), part);
                    else
                        Pack(weights[((start * shape.Outputs) + column + first)..], shape.Outputs, Math.Min(used - first, Width), part);
                }

                TileLoop loop = Loop(panels, count, count * Width, relu: false, resume: start > 0);
                foreach (Shard shard in pass.Shards)
                {
                    RunPanels(
                        loop, shape, ref MemoryMarshal.GetReference(pass.Activations(input, shape.Inputs, shard)[start..]), shard.Items, packed, biases, used,
                        pass.Activations(output, shape.Outputs, shard)[column..]);
                }
            }
        }
    }

    private static TileLoop Loop(int panels, int inputs, int panelLength, bool relu, bool resume) => panels > 1
        ? new TileLoop(1, inputs, 0, relu, resume, panelLength, Width)
        : new TileLoop(1, inputs, 0, relu, resume);

    // Some columns of the weights, row after row, filled up with zeros.
    private static void Pack(ReadOnlySpan<float> weights, int stride, int columns, Span<float> packed)
    {
        if (columns < Width)
        {
            packed.Clear();
            for (int row = 0; row * Width < packed.Length; row++)
                weights.Slice(row * stride, columns).CopyTo(packed[(row * Width)..]);
            return;
        }

        ref float from = ref MemoryMarshal.GetReference(weights), to = ref MemoryMarshal.GetReference(packed);
        for (nint at = 0; at < packed.Length; at += Width)
        {
            Vector256.LoadUnsafe(ref from).StoreUnsafe(ref Unsafe.Add(ref to, at));
            Vector256.LoadUnsafe(ref from, Lanes.Count).StoreUnsafe(ref Unsafe.Add(ref to, at + Lanes.Count));
            from = ref Unsafe.Add(ref from, stride);
        }
    }

    // Some rows of the weights as columns, filled up with zeros.
    private static void PackTransposed(ReadOnlySpan<float> weights, int stride, int rows, Span<float> packed)
    {
        if (rows < Width)
            packed.Clear();
        for (int row = 0; row < rows; row++)
        {
            ref float from = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), row * stride), to = ref Unsafe.Add(ref MemoryMarshal.GetReference(packed), row);
            for (nint at = 0; at < packed.Length; at += Width)
            {
                Unsafe.Add(ref to, at) = from;
                from = ref Unsafe.Add(ref from, 1);
            }
        }
    }

    private static void RunPanels(
        in TileLoop loop, in DenseShape shape, ref float x, int items, ReadOnlySpan<float> packed, ReadOnlySpan<float> bias, int used, Span<float> output)
    {
        ref float weights = ref MemoryMarshal.GetReference(packed), biases = ref MemoryMarshal.GetReference(bias);
        int width = loop.IsPair ? MostPanels * Width : Width;
        Edge edge = default;
        Span<float> tile = edge;
        int sixes = used == width ? RegisterTiles.SixesOf(items) : 0;
        RegisterTiles.Sixes(loop, sixes, ref x, shape.Inputs, ref weights, ref biases, ref MemoryMarshal.GetReference(output), shape.Outputs);
        x = ref Unsafe.Add(ref x, sixes * TileItems * shape.Inputs);
        for (int item = sixes * TileItems, count; item < items; item += count)
        {
            count = TileOf(items - item);
            Span<float> target = output[(item * shape.Outputs)..];
            if (count % 2 == 0 && used == width)
            {
                Compute(loop, count, ref x, shape.Inputs, ref weights, ref biases, ref MemoryMarshal.GetReference(target), shape.Outputs);
            }
            else
            {
                // What is beyond the last item or the last output must not be written to the output.
                for (int row = 0; loop.Resume && row < count; row++)
                    target.Slice(row * shape.Outputs, used).CopyTo(tile[(row * width)..]);
                Compute(loop, count, ref x, shape.Inputs, ref weights, ref biases, ref MemoryMarshal.GetReference(tile), width);
                for (int row = 0; row < count; row++)
                    tile.Slice(row * width, used).CopyTo(target[(row * shape.Outputs)..]);
            }

            x = ref Unsafe.Add(ref x, count * shape.Inputs);
        }
    }

    // As SixesOf has it.
    private static int TileOf(int items) => items is 7 or 8 ? 4 : Math.Min(TileItems, items);

    // A smaller tile computes what is left, and repeats its last item where it has one too many.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compute(
        in TileLoop loop, int items, ref float x, nint step, ref float weights, ref float biases, ref float target, nint stride)
    {
        ref float x1 = ref Unsafe.Add(ref x, items > 1 ? step : 0);
        if (items <= 2)
        {
            RegisterTiles.Two(loop, ref x, ref x1, ref weights, ref biases, ref target, stride);
            return;
        }

        ref float x2 = ref Unsafe.Add(ref x1, step);
        ref float x3 = ref Unsafe.Add(ref x2, items > 3 ? step : 0);
        if (items <= 4)
        {
            RegisterTiles.Four(loop, ref x, ref x1, ref x2, ref x3, ref weights, ref biases, ref target, stride);
            return;
        }

        ref float x4 = ref Unsafe.Add(ref x3, step);
        ref float x5 = ref Unsafe.Add(ref x4, items > 5 ? step : 0);
        RegisterTiles.Six(loop, ref x, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref target, stride);
    }

    [InlineArray(TileItems * MostPanels * Width)]
    private struct Edge
    {
        private float _first;
    }
}
