using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Benchmarks.GallerySearch;

/// <summary>What a core reads from memory when it does nothing else: every vector of a buffer is added to one of eight sums.</summary>
internal sealed class PlainRead : IContestant
{
    private const int Unrolled = 8;
    private readonly AlignedBuffer<int> _buffer;
    private int _sink;

    /// <summary>Makes a buffer.</summary>
    /// <param name="bytes">Its bytes.</param>
    public PlainRead(long bytes)
    {
        _buffer = new AlignedBuffer<int>(bytes / sizeof(int));

        // Memory that was never written is one page of zeros, over and over, which stays in the cache.
        _buffer.Span.Fill(1);
    }

    /// <inheritdoc/>
    public string Name => "plain read";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(() => _sink += Sum(_buffer.Span), duration, milliseconds);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum(ReadOnlySpan<int> buffer)
    {
        ref int from = ref MemoryMarshal.GetReference(buffer);
        Vector256<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        nuint length = (nuint)buffer.Length, count = (nuint)Vector256<int>.Count;
        for (nuint i = 0; i + (Unrolled * count) <= length; i += Unrolled * count)
        {
            a += Vector256.LoadUnsafe(ref from, i);
            b += Vector256.LoadUnsafe(ref from, i + count);
            c += Vector256.LoadUnsafe(ref from, i + (2 * count));
            d += Vector256.LoadUnsafe(ref from, i + (3 * count));
            e += Vector256.LoadUnsafe(ref from, i + (4 * count));
            f += Vector256.LoadUnsafe(ref from, i + (5 * count));
            g += Vector256.LoadUnsafe(ref from, i + (6 * count));
            h += Vector256.LoadUnsafe(ref from, i + (7 * count));
        }

        return Vector256.Sum(a + b + c + d + (e + f + g + h));
    }
}
