namespace SiameseGen.Verification;

/// <summary>What a shipped verifier keeps of an enrolled input: a value of fixed size, bound to the weights it was made with.</summary>
/// <typeparam name="TSelf">The template's own type.</typeparam>
public interface ITemplate<TSelf>
    where TSelf : struct, ITemplate<TSelf>
{
    /// <summary>Bytes of a template.</summary>
    static abstract int ByteLength { get; }

    /// <summary>SHA-256 of the encoder's architecture and weights, as 64 lower-case hexadecimal digits: templates of other weights cannot be compared.</summary>
    static abstract string Model { get; }

    /// <summary>The template as bytes.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    ReadOnlySpan<byte> Bytes { get; }

    /// <summary>A template of stored bytes.</summary>
    /// <param name="bytes">As many bytes as <see cref="ByteLength"/>.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    static abstract TSelf From(ReadOnlySpan<byte> bytes);
}
