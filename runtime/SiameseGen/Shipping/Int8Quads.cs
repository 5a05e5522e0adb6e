using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Shipping;

/// <summary>
/// <see cref="Int8Convolution"/> for processors that add four products of 8-bit numbers in one instruction. One of its factors has no sign, so codes are laid out plus 128, and 128 times the
/// sum of a filter's weights is taken from its bias: the same sums in the end, since numbers of 32 bits that pass their end come back.
/// </summary>
internal static class Int8Quads
{
    private const int Block = Int8ConvolutionShape.Block, Rows = Int8ConvolutionShape.Rows, Most = 1024;
    private const byte Flip = 0x80;

    /// <summary>Whether the processor has the instruction, and a group's filters are few enough for their biases to lie on the stack.</summary>
    /// <param name="shape">The shape.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Supports(in Int8ConvolutionShape shape) => AvxVnni.IsSupported && shape.PaddedFilters <= Most;

    /// <summary>Computes a group of filters; see <see cref="Int8Convolution.Infer"/>. All lengths are known to be right.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="scaling">How sums become codes.</param>
    /// <param name="group">The group.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="input">The codes of the input.</param>
    /// <param name="output">Receives the codes of the output.</param>
    /// <param name="scratch">Room for six rows of products.</param>
    public static void InferGroup(
        in Int8ConvolutionShape shape, in Int8Scaling scaling, int group, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output, Span<short> scratch)
    {
        int depth = shape.PaddedDepth, padded = shape.PaddedFilters, filters = shape.Filters / shape.Groups, pixels = shape.OutputHeight * shape.OutputWidth;
        ReadOnlySpan<int> multipliers = MemoryMarshal.Cast<byte, int>(numbers)[..padded];
        ReadOnlySpan<sbyte> weights = MemoryMarshal.Cast<byte, sbyte>(numbers)[(8 * padded)..];
        Span<int> biases = stackalloc int[padded], sums = stackalloc int[Rows * Block];
        MemoryMarshal.Cast<byte, int>(numbers).Slice(padded, padded).CopyTo(biases);
        for (int block = 0; block < padded; block += Block)
            SubtractWeights(weights.Slice(block * depth, Block * depth), biases.Slice(block, Block));

        // A row of four-byte products: at most as long as the row of pairs that scratch has room for.
        int length = (depth + 3) & ~3;
        Span<byte> rows = MemoryMarshal.AsBytes(scratch[..(Rows * depth)]);
        int first = group * (shape.Channels / shape.Groups), down = 0, across = 0;

        // What lies next to each other in the image and in the row, and its length as whole vectors: what is copied beyond the end is overwritten by what comes next.
        int run = shape is { Dilation: 1, Groups: 1 } ? shape.KernelWidth * shape.Channels : 0, rounded = run <= 4 ? 4 : (run + Vector128<byte>.Count - 1) & -Vector128<byte>.Count;
        int pitch = shape.Width * shape.Channels, mostTop = run == 0 ? -1 : shape.Height - shape.KernelHeight, mostLeft = shape.Width - shape.KernelWidth;
        int reach = ((shape.KernelHeight - 1) * pitch) + rounded, rowReach = ((shape.KernelHeight - 1) * run) + rounded;
        for (int pixel = 0; pixel < pixels; pixel += Rows)
        {
            int count = Math.Min(Rows, pixels - pixel);
            for (int row = 0; row < count; row++)
            {
                int top = (down * shape.Stride) - shape.PadTop, left = (across * shape.Stride) - shape.PadLeft, from = (top * pitch) + (left * shape.Channels);
                if ((uint)top <= mostTop && (uint)left <= mostLeft && from + reach <= input.Length && (row * length) + rowReach <= rows.Length)
                    Copy(ref Unsafe.Add(ref MemoryMarshal.GetReference(input), from), pitch, shape.KernelHeight, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), row * length), run, rounded);
                else
                    Gather(shape, scaling.Border, first, top, left, input, rows[(row * length)..]);
                if (++across == shape.OutputWidth)
                    (down, across) = (down + 1, 0);
            }

            for (int block = 0; block < padded; block += Block)
            {
                ReadOnlySpan<sbyte> ofBlock = weights.Slice(block * depth, Block * depth);
                if (count > 2)
                {
                    MultiplySix(rows, ofBlock, depth, length, sums);
                }
                else
                {
                    for (int row = 0; row < count; row++)
                        MultiplyOne(rows[(row * length)..], ofBlock, depth, sums.Slice(row * Block, Block));
                }

                Span<sbyte> codes = output[((pixel * shape.Filters) + (group * filters) + block)..];
                Int8Convolution.Store(scaling, sums, multipliers.Slice(block, Block), biases.Slice(block, Block), count, Math.Min(Block, filters - block), codes, shape.Filters);
            }
        }
    }

    // As Int8Convolution gathers, but a byte each. What lies between the products and the end of the row does not matter: there are no weights for it, or zeros.
    private static void Gather(in Int8ConvolutionShape shape, int border, int first, int top, int left, ReadOnlySpan<sbyte> input, Span<byte> row)
    {
        int channels = shape.Channels / shape.Groups, run = shape.KernelWidth * channels;
        bool runs = shape is { Dilation: 1, Groups: 1 };

        // What of a row of the kernel lies beside the image to the left, and what within it.
        int before = Math.Clamp(-left, 0, shape.KernelWidth) * channels, within = Math.Max(0, (Math.Min(left + shape.KernelWidth, shape.Width) * channels) - (left * channels) - before);
        for (int y = 0, at = 0; y < shape.KernelHeight; y++)
        {
            int down = top + (y * shape.Dilation);
            if (runs)
            {
                Span<byte> part = row.Slice(at, run);
                at += run;
                if ((uint)down >= (uint)shape.Height || within == 0)
                {
                    part.Fill((byte)(border ^ Flip));
                    continue;
                }

                part[..before].Fill((byte)(border ^ Flip));
                Copy(input.Slice((((down * shape.Width) + left) * channels) + before, within), part[before..]);
                part[(before + within)..].Fill((byte)(border ^ Flip));
                continue;
            }

            for (int x = 0; x < shape.KernelWidth; x++, at += channels)
            {
                int across = left + (x * shape.Dilation);
                if ((uint)down >= (uint)shape.Height || (uint)across >= (uint)shape.Width)
                    row.Slice(at, channels).Fill((byte)(border ^ Flip));
                else
                    Copy(input.Slice((((down * shape.Width) + across) * shape.Channels) + first, channels), row[at..]);
            }
        }
    }

    // The same where the kernel lies within the image: rows of it, each without a gap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref sbyte codes, int pitch, int rows, ref byte row, int run, int rounded)
    {
        for (; rows > 0; rows--, codes = ref Unsafe.Add(ref codes, pitch), row = ref Unsafe.Add(ref row, run))
        {
            if (rounded == 4)
            {
                Unsafe.WriteUnaligned(ref row, Unsafe.ReadUnaligned<uint>(ref Unsafe.As<sbyte, byte>(ref codes)) ^ 0x8080_8080);
                continue;
            }

            for (nuint i = 0; i < (nuint)rounded; i += (nuint)Vector128<byte>.Count)
                (Vector128.LoadUnsafe(ref codes, i).AsByte() ^ Vector128.Create(Flip)).StoreUnsafe(ref row, i);
        }
    }

    private static void Copy(ReadOnlySpan<sbyte> codes, Span<byte> row)
    {
        int i = 0;
        for (; i <= codes.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            (Vector128.Create(codes[i..]).AsByte() ^ Vector128.Create(Flip)).CopyTo(row[i..]);
        for (; i < codes.Length; i++)
            row[i] = (byte)(codes[i] ^ Flip);
    }

    // From each bias 128 times the sum of the weights, zeros among them.
    private static void SubtractWeights(ReadOnlySpan<sbyte> weights, Span<int> biases)
    {
        Vector256<int> c0 = default, c1 = default;
        for (int k = 0; k < weights.Length; k += 2 * Block)
        {
            // The sum of a pair in each 16 bits; then of each 16 bits that of its filter.
            Vector256<short> sums = Avx2.MultiplyAddAdjacent(Vector256.Create((byte)1), Vector256.Create(weights[k..]));
            c0 += Vector256.WidenLower(sums);
            c1 += Vector256.WidenUpper(sums);
        }

        (Vector256.Create(biases) - (c0 << 7)).CopyTo(biases);
        (Vector256.Create(biases[8..]) - (c1 << 7)).CopyTo(biases[8..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplySix(ReadOnlySpan<byte> rows, ReadOnlySpan<sbyte> weights, int depth, int length, Span<int> sums)
    {
        ref byte a = ref MemoryMarshal.GetReference(rows);
        ref sbyte w = ref MemoryMarshal.GetReference(weights);
        Vector256<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<int> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < depth; k += 4)
        {
            Vector256<short> pairs = Vector256.LoadUnsafe(ref w).AsInt16(), next = k + 2 < depth ? Vector256.LoadUnsafe(ref w, 32).AsInt16() : default;
            Vector256<sbyte> w0 = Avx2.UnpackLow(pairs, next).AsSByte(), w1 = Avx2.UnpackHigh(pairs, next).AsSByte();
            Vector256<byte> x = Repeat(ref a, k);
            c00 = AvxVnni.MultiplyWideningAndAdd(c00, x, w0);
            c01 = AvxVnni.MultiplyWideningAndAdd(c01, x, w1);
            x = Repeat(ref a, k + length);
            c10 = AvxVnni.MultiplyWideningAndAdd(c10, x, w0);
            c11 = AvxVnni.MultiplyWideningAndAdd(c11, x, w1);
            x = Repeat(ref a, k + (2 * length));
            c20 = AvxVnni.MultiplyWideningAndAdd(c20, x, w0);
            c21 = AvxVnni.MultiplyWideningAndAdd(c21, x, w1);
            x = Repeat(ref a, k + (3 * length));
            c30 = AvxVnni.MultiplyWideningAndAdd(c30, x, w0);
            c31 = AvxVnni.MultiplyWideningAndAdd(c31, x, w1);
            x = Repeat(ref a, k + (4 * length));
            c40 = AvxVnni.MultiplyWideningAndAdd(c40, x, w0);
            c41 = AvxVnni.MultiplyWideningAndAdd(c41, x, w1);
            x = Repeat(ref a, k + (5 * length));
            c50 = AvxVnni.MultiplyWideningAndAdd(c50, x, w0);
            c51 = AvxVnni.MultiplyWideningAndAdd(c51, x, w1);
            w = ref Unsafe.Add(ref w, 64);
        }

        ref int sum = ref MemoryMarshal.GetReference(sums);
        Write(c00, c01, ref sum);
        Write(c10, c11, ref Unsafe.Add(ref sum, Block));
        Write(c20, c21, ref Unsafe.Add(ref sum, 2 * Block));
        Write(c30, c31, ref Unsafe.Add(ref sum, 3 * Block));
        Write(c40, c41, ref Unsafe.Add(ref sum, 4 * Block));
        Write(c50, c51, ref Unsafe.Add(ref sum, 5 * Block));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyOne(ReadOnlySpan<byte> row, ReadOnlySpan<sbyte> weights, int depth, Span<int> sums)
    {
        ref byte a = ref MemoryMarshal.GetReference(row);
        ref sbyte w = ref MemoryMarshal.GetReference(weights);
        Vector256<int> c0 = default, c1 = default;
        for (int k = 0; k < depth; k += 4)
        {
            Vector256<short> pairs = Vector256.LoadUnsafe(ref w).AsInt16(), next = k + 2 < depth ? Vector256.LoadUnsafe(ref w, 32).AsInt16() : default;
            Vector256<byte> x = Repeat(ref a, k);
            c0 = AvxVnni.MultiplyWideningAndAdd(c0, x, Avx2.UnpackLow(pairs, next).AsSByte());
            c1 = AvxVnni.MultiplyWideningAndAdd(c1, x, Avx2.UnpackHigh(pairs, next).AsSByte());
            w = ref Unsafe.Add(ref w, 64);
        }

        Write(c0, c1, ref MemoryMarshal.GetReference(sums));
    }

    // Four codes, eight times.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Repeat(ref byte codes, int index) => Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref codes, index))).AsByte();

    // Filters 0 to 3 and 8 to 11 are in one vector, 4 to 7 and 12 to 15 in the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector256<int> first, Vector256<int> second, ref int sums)
    {
        Avx2.Permute2x128(first, second, 0x20).StoreUnsafe(ref sums);
        Avx2.Permute2x128(first, second, 0x31).StoreUnsafe(ref sums, 8);
    }
}
