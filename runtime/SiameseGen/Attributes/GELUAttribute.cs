namespace SiameseGen;

/// <summary>Gaussian error linear unit: y = x · Φ(x), with Φ the distribution function of the standard normal.</summary>
/// <remarks>
/// The shape stays; no parameters. As PyTorch's <c>GELU</c>. Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>Whether Φ is computed as it is or by a hyperbolic tangent.</summary>
    public GELUApproximation Approximation { get; set; } = GELUApproximation.None;
}
