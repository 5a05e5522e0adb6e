namespace SiameseGen;

/// <summary>The largest value of each channel over the whole image.</summary>
/// <remarks>
/// H × W × C becomes a vector of C. No parameters. As PyTorch's <c>AdaptiveMaxPool2d(1)</c> and <c>Flatten</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
