namespace SiameseGen;

/// <summary>An encoder with embeddings of its own type: what code that works with any generated encoder asks for.</summary>
/// <typeparam name="TEmbedding">The encoder's nested <c>Embedding</c>.</typeparam>
public interface IEncoder<TEmbedding> : IEncoder
    where TEmbedding : struct, IEmbedding<TEmbedding>
{
    /// <summary>The declared distance of two embeddings; 0 for equal ones (with cosine up to rounding; not with the dot product), larger for less similar ones.</summary>
    /// <param name="left">An embedding.</param>
    /// <param name="right">Another.</param>
    static abstract Distance Distance(in TEmbedding left, in TEmbedding right);

    /// <summary>The cosine of the angle between two embeddings, whatever the declared distance is: 1 for the same direction, −1 for opposite ones.</summary>
    /// <param name="left">An embedding.</param>
    /// <param name="right">Another.</param>
    static abstract Similarity Similarity(in TEmbedding left, in TEmbedding right);

    /// <summary>Embeds one input.</summary>
    /// <param name="input">The input, <see cref="InputShape.Length"/> floats, channels last.</param>
    /// <exception cref="ArgumentException">The input has the wrong length.</exception>
    TEmbedding Embed(ReadOnlySpan<float> input);

    /// <summary>Embeds one input of 8-bit values, which are scaled from 0…255 to 0…1.</summary>
    /// <param name="input">The input, <see cref="InputShape.Length"/> bytes, channels last.</param>
    /// <exception cref="ArgumentException">The input has the wrong length.</exception>
    TEmbedding Embed(ReadOnlySpan<byte> input);
}
