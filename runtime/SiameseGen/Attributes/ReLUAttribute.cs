namespace SiameseGen;

/// <summary>Rectifier: y = max(0, x), element by element.</summary>
/// <remarks>
/// The shape stays; no parameters. The gradient at 0 is 0, as in PyTorch's <c>ReLU</c>. Nair and Hinton, "Rectified Linear Units Improve
/// Restricted Boltzmann Machines", 2010.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReLUAttribute : LayerAttribute;
