using System.Diagnostics.CodeAnalysis;

namespace SiameseGen;

/// <summary>
/// The embedding type of one encoder: a value of fixed length that lives wherever its owner lives. Every encoder has a type of its own,
/// so that embeddings of two encoders, which have nothing to say to each other, cannot be compared by mistake.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IEmbedding<TSelf>
    where TSelf : struct, IEmbedding<TSelf>
{
    /// <summary>Floats in one embedding.</summary>
    static abstract int Length { get; }

    /// <summary>The floats, <see cref="Length"/> of them.</summary>
    [UnscopedRef]
    ReadOnlySpan<float> Values { get; }

    /// <summary>Copies an embedding from memory, such as a row of a stored index.</summary>
    /// <param name="values"><see cref="Length"/> floats.</param>
    /// <exception cref="ArgumentException">There are not <see cref="Length"/> floats.</exception>
    static abstract TSelf From(ReadOnlySpan<float> values);
}
