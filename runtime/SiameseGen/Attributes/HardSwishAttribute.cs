namespace SiameseGen;

/// <summary>Swish without an exponential: y = x · min(max(x + 3, 0), 6) / 6.</summary>
/// <remarks>
/// The shape stays; no parameters. As PyTorch's <c>Hardswish</c>. Howard et al., "Searching for MobileNetV3", 2019.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class HardSwishAttribute : LayerAttribute;
