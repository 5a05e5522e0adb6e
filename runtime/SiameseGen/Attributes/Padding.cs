namespace SiameseGen;

/// <summary>What happens at the border of an image when a kernel slides over it.</summary>
public enum Padding
{
    /// <summary>The kernel stays inside the image: a side of n shrinks to ⌊(n − kernel) / stride⌋ + 1.</summary>
    Valid,

    /// <summary>
    /// Zeros around the image, kernel − 1 in each direction, so that a side of n becomes ⌈n / stride⌉: the same size where the stride is
    /// 1. Of an odd number of zeros the larger half is below and to the right, as in PyTorch's <c>padding='same'</c>. For an odd kernel
    /// this is PyTorch's <c>padding=kernel//2</c>, whatever the stride.
    /// </summary>
    Same,
}
