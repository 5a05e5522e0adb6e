namespace SiameseGen;

/// <summary>Logistic function: y = 1 / (1 + e⁻ˣ), element by element; results lie between 0 and 1.</summary>
/// <remarks>The shape stays; no parameters. PyTorch's <c>Sigmoid</c>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SigmoidAttribute : LayerAttribute;
