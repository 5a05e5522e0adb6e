namespace SiameseGen;

/// <summary>Leaky rectifier: y = x where x is above 0, and slope · x elsewhere, so that a unit that is off still learns.</summary>
/// <remarks>
/// The shape stays; no parameters. The gradient at 0 is the slope, as in PyTorch's <c>LeakyReLU</c>. Maas, Hannun and Ng, "Rectifier
/// Nonlinearities Improve Neural Network Acoustic Models", 2013.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>The slope below 0, from 0 up to but not including 1.</summary>
    public float Slope { get; set; } = 0.01f;
}
