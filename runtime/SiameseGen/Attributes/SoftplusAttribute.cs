namespace SiameseGen;

/// <summary>Smooth rectifier: y = ln(1 + eˣ).</summary>
/// <remarks>
/// The shape stays; no parameters. As PyTorch's <c>Softplus</c> with its defaults. Dugas, Bengio, Bélisle, Nadeau and Garcia, "Incorporating Second-Order
/// Functional Knowledge for Better Option Pricing", 2001.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftplusAttribute : LayerAttribute;
