namespace SiameseGen.Kernels;

/// <summary>Where two branches part, each leaves a gradient of its own on the way back, and what they read has the sum of both.</summary>
public static class Branches
{
    /// <summary>sum = first + second for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="first">Offset of the gradient that one branch left.</param>
    /// <param name="second">Offset of the gradient that the other left.</param>
    /// <param name="sum">Offset of the sum, overwritten; may be that of either.</param>
    public static void Accumulate(TrainingPass pass, int length, int first, int second, int sum)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Sums.Of(pass, length, first, second, sum);
    }
}
