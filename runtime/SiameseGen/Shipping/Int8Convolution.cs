using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Shipping;

/// <summary>
/// Convolution and dense layers on 8-bit codes: six pixels are laid out as rows of 16-bit numbers, and each row is multiplied with sixteen filters at a time, pairs of
/// products added in 32 bits. All arithmetic is of integers, so that the order does not matter and every machine gives the same codes.
/// </summary>
public static class Int8Convolution
{
    private const int Block = Int8ConvolutionShape.Block, Rows = Int8ConvolutionShape.Rows;

    /// <summary>16-bit numbers that <see cref="Infer"/> needs to itself.</summary>
    /// <param name="shape">The shape.</param>
    public static int ScratchLength(in Int8ConvolutionShape shape) => shape.IsDepthwise ? 0 : Rows * shape.PaddedDepth;

    /// <summary>Computes one image.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="scaling">How sums become codes.</param>
    /// <param name="numbers">
    /// Of each group: multipliers and biases of 32 bits for each filter, filters rounded up to 16; then weights, for each block of 16 filters and each pair of products the
    /// two weights of each filter. The products of a filter are in the order row, column, channel. If every channel has a filter of its own, all of them are one group, and the pairs are taps of the kernel.
    /// </param>
    /// <param name="input">The codes of the input.</param>
    /// <param name="output">Receives the codes of the output.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> numbers.</param>
    /// <exception cref="ArgumentException">A span is too short for the shape.</exception>
    public static void Infer(
        in Int8ConvolutionShape shape, in Int8Scaling scaling, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output, Span<short> scratch)
    {
        if (shape.IsDepthwise)
        {
            Int8DepthwiseConvolution.Infer(shape, scaling, numbers, input, output);
            return;
        }

        EnsureLengths(shape, shape.Groups * shape.GroupLength, numbers, input, output);
        if (scratch.Length < ScratchLength(shape))
            throw new ArgumentException($"The convolution needs {ScratchLength(shape)} numbers of scratch; there are {scratch.Length}.", nameof(scratch));
        for (int group = 0; group < shape.Groups; group++)
        {
            ReadOnlySpan<byte> ofGroup = numbers.Slice(group * shape.GroupLength, shape.GroupLength);
            if (Int8Quads.Supports(shape))
                Int8Quads.InferGroup(shape, scaling, group, ofGroup, input, output, scratch);
            else
                InferGroup(shape, scaling, group, ofGroup, input, output, scratch);
        }
    }

    internal static void EnsureLengths(in Int8ConvolutionShape shape, int numbersLength, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        if (numbers.Length < numbersLength)
            throw new ArgumentException($"The convolution needs {numbersLength} bytes of weights; there are {numbers.Length}.", nameof(numbers));
        if (input.Length < shape.Height * shape.Width * shape.Channels)
            throw new ArgumentException($"The convolution reads {shape.Height * shape.Width * shape.Channels} codes; there are {input.Length}.", nameof(input));
        if (output.Length < shape.OutputHeight * shape.OutputWidth * shape.Filters)
            throw new ArgumentException($"The convolution writes {shape.OutputHeight * shape.OutputWidth * shape.Filters} codes; there is room for {output.Length}.", nameof(output));
    }

    internal static void InferGroup(
        in Int8ConvolutionShape shape, in Int8Scaling scaling, int group, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output, Span<short> scratch)
    {
        int depth = shape.PaddedDepth, padded = shape.PaddedFilters, filters = shape.Filters / shape.Groups, pixels = shape.OutputHeight * shape.OutputWidth;
        ReadOnlySpan<int> multipliers = MemoryMarshal.Cast<byte, int>(numbers)[..padded];
        ReadOnlySpan<int> biases = MemoryMarshal.Cast<byte, int>(numbers).Slice(padded, padded);
        ReadOnlySpan<sbyte> weights = MemoryMarshal.Cast<byte, sbyte>(numbers)[(8 * padded)..];
        Span<int> sums = stackalloc int[Rows * Block];
        for (int pixel = 0; pixel < pixels; pixel += Rows)
        {
            int rows = Math.Min(Rows, pixels - pixel);
            for (int row = 0; row < rows; row++)
                Gather(shape, scaling.Border, group, pixel + row, input, scratch.Slice(row * depth, depth));
            for (int block = 0; block < padded; block += Block)
            {
                ReadOnlySpan<sbyte> ofBlock = weights.Slice(block * depth, Block * depth);
                if (rows > 2)
                {
                    MultiplySix(scratch, ofBlock, depth, sums);
                }
                else
                {
                    for (int row = 0; row < rows; row++)
                        MultiplyOne(scratch.Slice(row * depth, depth), ofBlock, sums.Slice(row * Block, Block));
                }

                Span<sbyte> codes = output[((pixel * shape.Filters) + (group * filters) + block)..];
                Store(scaling, sums, multipliers.Slice(block, Block), biases.Slice(block, Block), rows, Math.Min(Block, filters - block), codes, shape.Filters);
            }
        }
    }

    /// <summary>Sums of sixteen filters to codes.</summary>
    internal static void Store(in Int8Scaling scaling, ReadOnlySpan<int> sums, ReadOnlySpan<int> multipliers, ReadOnlySpan<int> biases, Span<sbyte> codes)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> low = scaling.Codes(Vector256.Create(sums) + Vector256.Create(biases), Vector256.Create(multipliers));
            Vector256<int> high = scaling.Codes(Vector256.Create(sums[8..]) + Vector256.Create(biases[8..]), Vector256.Create(multipliers[8..]));
            Vector256<short> both = Vector256.Narrow(low, high);
            Vector128<sbyte> all = Vector128.Narrow(both.GetLower(), both.GetUpper());
            if (codes.Length == Block)
            {
                all.CopyTo(codes);
                return;
            }

            int done = codes.Length & 8;
            if (done > 0)
                all.GetLower().CopyTo(codes);
            for (int i = done; i < codes.Length; i++)
                codes[i] = all.GetElement(i);
            return;
        }

        for (int i = 0; i < codes.Length; i++)
            codes[i] = scaling.Code(sums[i] + biases[i], multipliers[i]);
    }

    /// <summary>Sums of sixteen filters at several pixels to codes.</summary>
    /// <param name="scaling">How sums become codes.</param>
    /// <param name="sums">Sixteen for each pixel.</param>
    /// <param name="multipliers">Those of the filters.</param>
    /// <param name="biases">Those of the filters.</param>
    /// <param name="pixels">Pixels.</param>
    /// <param name="filters">Filters whose codes are wanted.</param>
    /// <param name="codes">Receives the codes, from the first filter of the first pixel.</param>
    /// <param name="pitch">Codes from one pixel to the next.</param>
    internal static void Store(
        in Int8Scaling scaling, ReadOnlySpan<int> sums, ReadOnlySpan<int> multipliers, ReadOnlySpan<int> biases, int pixels, int filters, Span<sbyte> codes, int pitch)
    {
        if (!Avx512F.IsSupported || (filters & 7) != 0)
        {
            for (int pixel = 0; pixel < pixels; pixel++)
                Store(scaling, sums.Slice(pixel * Block, Block), multipliers, biases, codes.Slice(pixel * pitch, filters));
            return;
        }

        var factors = Vector512.Create(multipliers);
        Vector512<int> oddFactors = (factors.AsUInt64() >>> 32).AsInt32(), addends = Vector512.Create(biases), upper = Vector512.Create(0xFFFF_FFFF_0000_0000).AsInt32();
        var half = Vector512.Create(1L << (scaling.Shift - 1));
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Vector512<int> some = Vector512.Create(sums[(pixel * Block)..]) + addends;
            Vector512<long> even = (Avx512F.Multiply(some, factors) + half) >> scaling.Shift;
            Vector512<long> odd = (Avx512F.Multiply((some.AsUInt64() >>> 32).AsInt32(), oddFactors) + half) >> scaling.Shift;
            Vector512<int> both = Vector512.ConditionalSelect(upper, (odd << 32).AsInt32(), even.AsInt32()) + Vector512.Create(scaling.Zero);
            Vector128<sbyte> all = Avx512F.ConvertToVector128SByteWithSaturation(Vector512.Max(both, Vector512.Create(scaling.Low)));
            Span<sbyte> ofPixel = codes.Slice(pixel * pitch, filters);
            if (filters == Block)
                all.CopyTo(ofPixel);
            else
                all.GetLower().CopyTo(ofPixel);
        }
    }

    // The values under the kernel at one place, in the order of a filter's weights.
    private static void Gather(in Int8ConvolutionShape shape, int border, int group, int pixel, ReadOnlySpan<sbyte> input, Span<short> row)
    {
        int channels = shape.Channels / shape.Groups, first = group * channels;
        int top = (pixel / shape.OutputWidth * shape.Stride) - shape.PadTop, left = (pixel % shape.OutputWidth * shape.Stride) - shape.PadLeft;
        bool runs = shape is { Dilation: 1, Groups: 1 } && left >= 0 && left + shape.KernelWidth <= shape.Width;
        int at = 0;
        for (int y = 0; y < shape.KernelHeight; y++)
        {
            int down = top + (y * shape.Dilation);
            if ((uint)down >= (uint)shape.Height)
            {
                row.Slice(at, shape.KernelWidth * channels).Fill((short)border);
                at += shape.KernelWidth * channels;
            }
            else if (runs)
            {
                Widen(input.Slice(((down * shape.Width) + left) * channels, shape.KernelWidth * channels), row[at..]);
                at += shape.KernelWidth * channels;
            }
            else
            {
                for (int x = 0; x < shape.KernelWidth; x++, at += channels)
                {
                    int across = left + (x * shape.Dilation);
                    if ((uint)across >= (uint)shape.Width)
                        row.Slice(at, channels).Fill((short)border);
                    else
                        Widen(input.Slice((((down * shape.Width) + across) * shape.Channels) + first, channels), row[at..]);
                }
            }
        }

        // The weight there is 0.
        if (at < row.Length)
            row[at] = 0;
    }

    private static void Widen(ReadOnlySpan<sbyte> codes, Span<short> numbers)
    {
        int i = 0;
        for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            Vector128<sbyte> some = Vector128.Create(codes[i..]);
            Vector256.Create(Vector128.WidenLower(some), Vector128.WidenUpper(some)).CopyTo(numbers[i..]);
        }

        for (; i < codes.Length; i++)
            numbers[i] = codes[i];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplySix(ReadOnlySpan<short> rows, ReadOnlySpan<sbyte> weights, int depth, Span<int> sums)
    {
        ref short a = ref MemoryMarshal.GetReference(rows);
        ref sbyte w = ref MemoryMarshal.GetReference(weights);
        Vector256<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<int> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < depth; k += 2)
        {
            Vector256<short> w0 = Pairs.Widen(ref w), w1 = Pairs.Widen(ref Unsafe.Add(ref w, 16));
            Vector256<short> x = Pairs.Repeat(ref a, k);
            c00 = Pairs.Add(c00, x, w0);
            c01 = Pairs.Add(c01, x, w1);
            x = Pairs.Repeat(ref a, k + depth);
            c10 = Pairs.Add(c10, x, w0);
            c11 = Pairs.Add(c11, x, w1);
            x = Pairs.Repeat(ref a, k + (2 * depth));
            c20 = Pairs.Add(c20, x, w0);
            c21 = Pairs.Add(c21, x, w1);
            x = Pairs.Repeat(ref a, k + (3 * depth));
            c30 = Pairs.Add(c30, x, w0);
            c31 = Pairs.Add(c31, x, w1);
            x = Pairs.Repeat(ref a, k + (4 * depth));
            c40 = Pairs.Add(c40, x, w0);
            c41 = Pairs.Add(c41, x, w1);
            x = Pairs.Repeat(ref a, k + (5 * depth));
            c50 = Pairs.Add(c50, x, w0);
            c51 = Pairs.Add(c51, x, w1);
            w = ref Unsafe.Add(ref w, 32);
        }

        ref int sum = ref MemoryMarshal.GetReference(sums);
        c00.StoreUnsafe(ref sum, 0);
        c01.StoreUnsafe(ref sum, 8);
        c10.StoreUnsafe(ref sum, 16);
        c11.StoreUnsafe(ref sum, 24);
        c20.StoreUnsafe(ref sum, 32);
        c21.StoreUnsafe(ref sum, 40);
        c30.StoreUnsafe(ref sum, 48);
        c31.StoreUnsafe(ref sum, 56);
        c40.StoreUnsafe(ref sum, 64);
        c41.StoreUnsafe(ref sum, 72);
        c50.StoreUnsafe(ref sum, 80);
        c51.StoreUnsafe(ref sum, 88);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyOne(ReadOnlySpan<short> row, ReadOnlySpan<sbyte> weights, Span<int> sums)
    {
        ref short a = ref MemoryMarshal.GetReference(row);
        ref sbyte w = ref MemoryMarshal.GetReference(weights);
        Vector256<int> c0 = default, c1 = default;
        for (int k = 0; k < row.Length; k += 2)
        {
            Vector256<short> x = Pairs.Repeat(ref a, k);
            c0 = Pairs.Add(c0, x, Pairs.Widen(ref w));
            c1 = Pairs.Add(c1, x, Pairs.Widen(ref Unsafe.Add(ref w, 16)));
            w = ref Unsafe.Add(ref w, 32);
        }

        c0.CopyTo(sums);
        c1.CopyTo(sums[8..]);
    }
}
