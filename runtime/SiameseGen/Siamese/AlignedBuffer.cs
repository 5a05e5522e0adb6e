using System.Runtime.InteropServices;

namespace SiameseGen;

/// <summary>Native memory on a 64-byte boundary, zeroed at birth; never moved by the garbage collector.</summary>
/// <typeparam name="T">The element type.</typeparam>
public sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly T* _start;

    /// <summary>Allocates zeroed elements.</summary>
    /// <param name="length">Elements, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = Math.Max((nuint)length * (nuint)sizeof(T), Alignment);
        _start = (T*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_start, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Frees the memory.</summary>
    ~AlignedBuffer()
    {
        NativeMemory.AlignedFree(_start);
        GC.RemoveMemoryPressure(Math.Max(Length * sizeof(T), Alignment));
    }

    /// <summary>Elements in the buffer.</summary>
    public long Length { get; }

    /// <summary>All elements.</summary>
    /// <exception cref="OverflowException">The buffer is longer than a span can be; use <see cref="Slice"/>.</exception>
    public Span<T> Span => new(_start, checked((int)Length));

    /// <summary>A part of the buffer.</summary>
    /// <param name="offset">First element.</param>
    /// <param name="length">Elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the buffer.</exception>
    public Span<T> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"Elements {offset}..{offset + length} are outside a buffer of {Length}.");
        return new Span<T>(_start + offset, length);
    }
}
