namespace SiameseGen.Compiler.Planning;

/// <summary>How much memory the runtime's kernels ask for. The methods mirror those of <c>SiameseGen.Kernels.Conv2D</c> and <c>Dense</c>; a test compares them.</summary>
internal static class KernelSizes
{
    /// <summary>Floats a worker needs within a training call of <c>Conv2D</c>.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long TrainingScratch(Conv2DSizes shape) => shape.WeightLength;

    /// <summary>Floats that <c>Conv2D.Infer</c> needs.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long InferenceScratch(Conv2DSizes shape) => shape.WeightLength;

    /// <summary>Floats that <c>Conv2D.Prepare</c> writes.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PreparedLength(Conv2DSizes shape) => shape.WeightLength + shape.Filters;

    /// <summary>Floats a worker needs within a training call of <c>Dense</c>.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long TrainingScratch(DenseSizes shape) => shape.WeightLength;

    /// <summary>Floats that <c>Dense.Infer</c> needs.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long InferenceScratch(DenseSizes shape) => shape.Outputs;

    /// <summary>Floats that <c>Dense.Prepare</c> writes.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PreparedLength(DenseSizes shape) => shape.WeightLength + shape.Outputs;
}
