using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen;

/// <summary>Zeroed memory on a 64-byte boundary that the garbage collector never moves.</summary>
/// <remarks>A pinned array rather than native memory, so that a span keeps its memory alive and nothing has to be freed by hand.</remarks>
/// <typeparam name="T">The element type.</typeparam>
public sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly T[] _array;
    private readonly int _start;

    /// <summary>Most elements that one buffer can hold.</summary>
    internal static int MaxLength => Array.MaxLength - (Alignment / Unsafe.SizeOf<T>());

    /// <summary>Allocates zeroed elements.</summary>
    /// <param name="length">Elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than one array can hold.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public AlignedBuffer(long length)
    {
        int slack = Alignment / Unsafe.SizeOf<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Length = (int)length;
        _array = GC.AllocateArray<T>(Length + slack, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Alignment - (address % Alignment)) % Alignment) / Unsafe.SizeOf<T>();
    }

    /// <summary>Elements in the buffer.</summary>
    public int Length { get; }

    /// <summary>All elements.</summary>
    public Span<T> Span => _array.AsSpan(_start, Length);

    /// <summary>A part of the buffer.</summary>
    /// <param name="offset">First element.</param>
    /// <param name="length">Elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the buffer.</exception>
    public Span<T> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"Elements {offset}..{offset + length} are outside a buffer of {Length}.");
        return _array.AsSpan(_start + (int)offset, length);
    }
}
