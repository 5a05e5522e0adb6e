namespace SiameseGen;

/// <summary>Sigmoid linear unit, also called swish: y = x / (1 + e⁻ˣ).</summary>
/// <remarks>
/// The shape stays; no parameters. As PyTorch's <c>SiLU</c>. Elfwing, Uchibe and Doya, "Sigmoid-Weighted Linear Units for Neural Network Function
/// Approximation in Reinforcement Learning", 2018; Ramachandran, Zoph and Le, "Searching for Activation Functions", 2017.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SiLUAttribute : LayerAttribute;
