namespace SiameseGen;

/// <summary>How a shipped verifier keeps its weights and computes.</summary>
public enum Precision
{
    /// <summary>Floats of 32 bits, folded and packed when they are exported and read where they lie in the assembly: embeddings are those of the encoder, bit for bit.</summary>
    Float32,

    /// <summary>Weights are floats of 16 bits, as they were trained: about half the size, or less. They are widened, folded and packed once, at first use, into memory that stays; everything else is as with <see cref="Float32"/>.</summary>
    Float16,

    /// <summary>Integers of 8 bits from the input to the verdict: a quarter of the size, and the same bits on every machine.</summary>
    Int8,
}
