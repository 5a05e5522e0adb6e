namespace SiameseGen;

/// <summary>Exponential linear unit: y = x where x is above 0, and alpha · (eˣ − 1) elsewhere, so that means come near 0.</summary>
/// <remarks>
/// The shape stays; no parameters. As PyTorch's <c>ELU</c>. Clevert, Unterthiner and Hochreiter, "Fast and Accurate Deep Network Learning by Exponential
/// Linear Units", 2016.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>What the function tends to far on the left, negated; from 0 to 1,000.</summary>
    public float Alpha { get; set; } = 1f;
}
