namespace SiameseGen;

/// <summary>Hyperbolic tangent: y = tanh x, element by element; results lie between −1 and 1.</summary>
/// <remarks>
/// The shape stays; no parameters. PyTorch's <c>Tanh</c>. LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, tell why a symmetric
/// function trains better than the logistic one.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TanhAttribute : LayerAttribute;
