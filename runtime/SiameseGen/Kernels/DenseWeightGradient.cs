using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The gradient of a dense layer's weights: for each input and each output the sum, over all items of the batch, of the input times the output's gradient.
/// Weights are many and the items of a shard few: were each shard to add to a gradient of its own, most of the time would go into reading and writing
/// gradients. So workers share the weights here and not the items, and a sum stays in its register for up to 64 items of each half of the batch.
/// </summary>
/// <remarks>
/// The halves are two chains of fused multiply-adds whose results are added. In a batch of pairs they are the branches: exchanging these changes no bit.
/// </remarks>
internal static class DenseWeightGradient
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileInputs = ConvolutionGeometry.TilePixels, TileLength = TileInputs * Width;
    private const int Halves = 2, ShardsOfHalf = Shard.Count / Halves, ItemsOfHalf = 64, Items = Halves * ItemsOfHalf;

    // What is packed at a time: the outputs' gradients for the second-level cache, and inputs by whole cache lines for the first-level one.
    private const int PanelsAtATime = 16, TilesAtATime = 8;

    /// <summary>Floats of scratch that a worker needs.</summary>
    /// <param name="shape">The shape.</param>
    public static int ScratchLength(in DenseShape shape) =>
        (2 * TileLength) + (Items * ((TilesAtATime * TileInputs) + (Math.Min(PanelsAtATime, shape.Panels) * Width)));

    /// <summary>Adds this worker's share of the sums. Before that, all workers must have computed the gradient of the output.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    public static void Add(TrainingPass pass, in DenseShape shape, int input, int weight, int outputGradient)
    {
        int tiles = (shape.Inputs + TileInputs - 1) / TileInputs;
        int first = (int)((long)tiles * pass.Worker / pass.Workers), end = (int)((long)tiles * (pass.Worker + 1) / pass.Workers);
        Memory memory = new(pass.Scratch(ScratchLength(shape)));
        Span<float> gradient = pass.BatchGradients(weight, shape.WeightLength);
        int longerHalf = pass.BatchSize - Shard.Of(ShardsOfHalf, pass.BatchSize).Start;
        for (int start = 0; start < longerHalf && first < end; start += ItemsOfHalf)
        {
            for (int panel = 0; panel < shape.Panels; panel += PanelsAtATime)
            {
                int panels = Math.Min(PanelsAtATime, shape.Panels - panel);
                Pack(pass, shape.Outputs, outputGradient, start, panel * Width, Width, panels, memory.Slopes);
                for (int tile = first; tile < end; tile += TilesAtATime)
                {
                    int count = Math.Min(TilesAtATime, end - tile);
                    Counts counts = Pack(pass, shape.Inputs, input, start, tile * TileInputs, TileInputs, count, memory.Inputs);
                    for (int i = 0; i < count; i++)
                    {
                        for (int k = 0; k < panels; k++)
                            AddTile(shape, counts, memory, i, k, (tile + i) * TileInputs, (panel + k) * Width, gradient);
                    }
                }
            }
        }
    }

    // Copies as many parts of so many columns from a few items of either half: part after part, and item after item in it. What is beyond the last column is 0.
    private static Counts Pack(TrainingPass pass, int length, int offset, int start, int column, int width, int parts, Span<float> target)
    {
        int first = 0, all = 0;
        for (int index = 0; index < Shard.Count; index++)
        {
            if (index == ShardsOfHalf)
                first = all;
            Shard shard = Shard.Of(index, pass.BatchSize);
            int place = shard.Start - Shard.Of(index / ShardsOfHalf * ShardsOfHalf, pass.BatchSize).Start;
            int item = Math.Max(start - place, 0), end = Math.Min(start + ItemsOfHalf - place, shard.Items);
            if (item >= end)
                continue;
            ReadOnlySpan<float> rows = pass.Activations(offset, length, shard);
            for (; item < end; item++, all++)
                PackRow(rows.Slice(item * length, length)[column..], width, parts, target[(all * width)..]);
        }

        return new Counts(first, all - first);
    }

    private static void PackRow(ReadOnlySpan<float> row, int width, int parts, Span<float> target)
    {
        int whole = Math.Min(row.Length / width, parts);
        ref float from = ref MemoryMarshal.GetReference(row), to = ref MemoryMarshal.GetReference(target[..(((parts - 1) * Items * width) + width)]);
        for (int part = 0; part < whole; part++)
        {
            if (width == Width)
            {
                Store(Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, Lanes.Count), ref to);
            }
            else
            {
                Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector64.LoadUnsafe(ref from, 4).StoreUnsafe(ref to, 4);
            }

            from = ref Unsafe.Add(ref from, width);
            to = ref Unsafe.Add(ref to, Items * width);
        }

        if (whole == parts)
            return;
        Span<float> last = target.Slice(whole * Items * width, width);
        row = row[(whole * width)..];
        row.CopyTo(last);
        last[row.Length..].Clear();
    }

    private static void AddTile(in DenseShape shape, Counts counts, in Memory memory, int tile, int panel, int row, int column, Span<float> gradient)
    {
        ref float x = ref Unsafe.Add(ref MemoryMarshal.GetReference(memory.Inputs), tile * Items * TileInputs);
        ref float slopes = ref Unsafe.Add(ref MemoryMarshal.GetReference(memory.Slopes), panel * Items * Width);
        ref float chain = ref MemoryMarshal.GetReference(memory.Chain);
        int rows = Math.Min(TileInputs, shape.Inputs - row), columns = Math.Min(Width, shape.Outputs - column);
        Span<float> target = gradient[((row * shape.Outputs) + column)..], edge = memory.Edge;
        if (rows == TileInputs && columns == Width)
        {
            Tile(counts, ref x, ref slopes, ref chain, ref MemoryMarshal.GetReference(target), shape.Outputs);
            return;
        }

        // What is beyond the last input or the last output must not be written to the gradient.
        for (int i = 0; i < rows; i++)
            target.Slice(i * shape.Outputs, columns).CopyTo(edge[(i * Width)..]);
        Tile(counts, ref x, ref slopes, ref chain, ref MemoryMarshal.GetReference(edge), Width);
        for (int i = 0; i < rows; i++)
            edge.Slice(i * Width, columns).CopyTo(target[(i * shape.Outputs)..]);
    }

    private static void Tile(Counts counts, ref float x, ref float slopes, ref float chain, ref float gradient, nint stride)
    {
        if (!WideTiles.IsSupported)
        {
            TileOfTwoVectors(counts, ref x, ref slopes, ref chain, ref gradient, stride);
            return;
        }

        GradientTiles.Six(counts.First, ref x, TileInputs, ref slopes, goOn: false, ref chain);
        x = ref Unsafe.Add(ref x, counts.First * TileInputs);
        GradientTiles.Six(counts.Second, ref x, TileInputs, ref Unsafe.Add(ref slopes, counts.First * Width), goOn: true, ref chain);
        for (int i = 0; i < TileInputs; i++)
        {
            ref float sums = ref Unsafe.Add(ref gradient, i * stride);
            (Sixteen.Load(ref sums) + Sixteen.Load(ref Unsafe.Add(ref chain, i * Width))).Store(ref sums);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TileOfTwoVectors(Counts counts, ref float x, ref float slopes, ref float chain, ref float gradient, nint stride)
    {
        nint items = counts.First;
        bool isSecond = false;
        while (true)
        {
            Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
            Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
            for (; items > 0; items--)
            {
                Vector256<float> g0 = Vector256.LoadUnsafe(ref slopes), g1 = Vector256.LoadUnsafe(ref slopes, Lanes.Count);
                slopes = ref Unsafe.Add(ref slopes, Width);
                Vector256<float> value = Vector256.Create(x);
                a0 = Vectors.MultiplyAdd(value, g0, a0);
                b0 = Vectors.MultiplyAdd(value, g1, b0);
                value = Vector256.Create(Unsafe.Add(ref x, 1));
                a1 = Vectors.MultiplyAdd(value, g0, a1);
                b1 = Vectors.MultiplyAdd(value, g1, b1);
                value = Vector256.Create(Unsafe.Add(ref x, 2));
                a2 = Vectors.MultiplyAdd(value, g0, a2);
                b2 = Vectors.MultiplyAdd(value, g1, b2);
                value = Vector256.Create(Unsafe.Add(ref x, 3));
                a3 = Vectors.MultiplyAdd(value, g0, a3);
                b3 = Vectors.MultiplyAdd(value, g1, b3);
                value = Vector256.Create(Unsafe.Add(ref x, 4));
                a4 = Vectors.MultiplyAdd(value, g0, a4);
                b4 = Vectors.MultiplyAdd(value, g1, b4);
                value = Vector256.Create(Unsafe.Add(ref x, 5));
                a5 = Vectors.MultiplyAdd(value, g0, a5);
                b5 = Vectors.MultiplyAdd(value, g1, b5);
                x = ref Unsafe.Add(ref x, TileInputs);
            }

            if (!isSecond)
            {
                Store(a0, b0, ref chain);
                Store(a1, b1, ref Unsafe.Add(ref chain, Width));
                Store(a2, b2, ref Unsafe.Add(ref chain, 2 * Width));
                Store(a3, b3, ref Unsafe.Add(ref chain, 3 * Width));
                Store(a4, b4, ref Unsafe.Add(ref chain, 4 * Width));
                Store(a5, b5, ref Unsafe.Add(ref chain, 5 * Width));
                items = counts.Second;
                isSecond = true;
                continue;
            }

            Add(a0, b0, ref chain, ref gradient);
            Add(a1, b1, ref Unsafe.Add(ref chain, Width), ref Unsafe.Add(ref gradient, stride));
            Add(a2, b2, ref Unsafe.Add(ref chain, 2 * Width), ref Unsafe.Add(ref gradient, 2 * stride));
            Add(a3, b3, ref Unsafe.Add(ref chain, 3 * Width), ref Unsafe.Add(ref gradient, 3 * stride));
            Add(a4, b4, ref Unsafe.Add(ref chain, 4 * Width), ref Unsafe.Add(ref gradient, 4 * stride));
            Add(a5, b5, ref Unsafe.Add(ref chain, 5 * Width), ref Unsafe.Add(ref gradient, 5 * stride));
            return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float target)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, Lanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<float> low, Vector256<float> high, ref float chain, ref float gradient)
    {
        low += Vector256.LoadUnsafe(ref chain);
        high += Vector256.LoadUnsafe(ref chain, Lanes.Count);
        Store(Vector256.LoadUnsafe(ref gradient) + low, Vector256.LoadUnsafe(ref gradient, Lanes.Count) + high, ref gradient);
    }

    // Items of the first half and of the second.
    private readonly record struct Counts(int First, int Second);

    // The chain of a tile's first half, a tile at an edge of the gradient, and what is packed.
    private readonly ref struct Memory(Span<float> scratch)
    {
        public Span<float> Chain { get; } = scratch[..TileLength];

        public Span<float> Edge { get; } = scratch.Slice(TileLength, TileLength);

        public Span<float> Inputs { get; } = scratch.Slice(2 * TileLength, TilesAtATime * Items * TileInputs);

        public Span<float> Slopes { get; } = scratch[((2 * TileLength) + (TilesAtATime * Items * TileInputs))..];
    }
}
