namespace SiameseGen.Kernels;

/// <summary>What a register tile goes through.</summary>
/// <param name="Rows">Rows of the kernel.</param>
/// <param name="Run">Adjacent floats under a row of the kernel.</param>
/// <param name="RowLength">Floats from one row to the next.</param>
/// <param name="Relu">Whether a rectifier follows.</param>
/// <param name="Resume">Whether sums go on from what is in the output, in place of the biases.</param>
/// <param name="SecondWeights">Floats from a panel's weights to those of the next one, which the tile has as well; 0 where it has one panel.</param>
/// <param name="SecondOutput">Floats from a panel's outputs to those of the next one. Its biases follow those of the first.</param>
internal readonly record struct TileLoop(
    int Rows, int Run, int RowLength, bool Relu, bool Resume = false, int SecondWeights = 0, int SecondOutput = 0)
{
    /// <summary>Whether the tile has two panels, for which the processor must have registers as wide as they are.</summary>
    public bool IsPair => SecondWeights > 0;
}
