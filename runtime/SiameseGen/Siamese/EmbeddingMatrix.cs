namespace SiameseGen;

/// <summary>The embeddings of many examples, row after row in one block of memory.</summary>
public sealed class EmbeddingMatrix
{
    private readonly AlignedBuffer<float> _values;

    /// <summary>Allocates rows of zeros.</summary>
    /// <param name="count">Rows, 0 or more.</param>
    /// <param name="length">Floats in one embedding, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, or all together are more than one array can hold.</exception>
    public EmbeddingMatrix(int count, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Count = count;
        Length = length;
        _values = new AlignedBuffer<float>((long)count * length);
    }

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Floats in one embedding.</summary>
    public int Length { get; }

    /// <summary>All rows.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>One embedding.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public Span<float> Row(int index) => _values.Slice((long)index * Length, Length);
}
