namespace SiameseGen;

/// <summary>Global average pooling: the mean of each channel over the whole image, which turns an image into a vector.</summary>
/// <remarks>
/// H × W × C becomes a vector of C; no parameters. PyTorch's <c>AdaptiveAvgPool2d(1)</c> and <c>Flatten</c> after it. Lin, Chen and Yan,
/// "Network in Network", 2013.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalAvgPoolAttribute : LayerAttribute;
