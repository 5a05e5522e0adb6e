using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Shipping;

/// <summary>An encoder in integers: what it does in order, where it keeps what, and how two embeddings are compared. The numbers come from an artifact.</summary>
/// <param name="Graph">The encoder.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Memory">The arena; lengths are bytes.</param>
/// <param name="Input">The codes of the input.</param>
/// <param name="Embedding">The codes of the embedding.</param>
/// <param name="Comparison">How two embeddings are compared.</param>
/// <param name="Metric">The member of <c>DistanceMetric</c> that this stands for.</param>
internal sealed record IntegerProgram(
    Graph Graph, IReadOnlyList<IntegerStep> Steps, MemoryPlan Memory, MemoryValue Input, MemoryValue Embedding, IntegerComparison Comparison, string Metric)
{
    /// <summary>Bytes of the numbers that the steps need, with those of the input and the embedding.</summary>
    public int PayloadLength => checked(IntegerValues.HeadLength + Steps.Sum(IntegerValues.LengthOf));
}

/// <summary>How two embeddings of 8-bit codes are compared, with a whole number as result: 0 for equal ones, the larger the less alike.</summary>
internal enum IntegerComparison
{
    /// <summary>2^15 − ⌊2^19 · product / ⌊√(2^8 · squares)⌋⌋ of the codes less their zero: 2^15 · (1 − cosine).</summary>
    Cosine,

    /// <summary>The sum of the squares of the differences.</summary>
    SquaredEuclidean,

    /// <summary>The sum of the differences' absolute values.</summary>
    Manhattan,
}
