using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Scratch on the stack for a matrix of vectors that is being transformed, as large as the largest: 8 × 8 of sixteen floats. A register of that width would
/// always lie across two cache lines if the matrix did not begin with one; the stack does not move.
/// </summary>
internal struct WinogradMatrix
{
    private const int CacheLine = 64;

    private Floats _floats;

    /// <summary>The first float.</summary>
    /// <param name="matrix">The matrix, on the stack.</param>
    public static unsafe ref float Of(ref WinogradMatrix matrix)
    {
        ref float first = ref MemoryMarshal.GetReference((Span<float>)matrix._floats);
        return ref Unsafe.AddByteOffset(ref first, (nint)(-(nint)Unsafe.AsPointer(ref first) & (CacheLine - 1)));
    }

    [InlineArray((8 * 8 * 16) + (CacheLine / sizeof(float)))]
    private struct Floats
    {
        private float _first;
    }
}
