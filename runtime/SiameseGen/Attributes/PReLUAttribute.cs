namespace SiameseGen;

/// <summary>Rectifier with learned slopes: y = x where x is above 0, and slope · x elsewhere, with a slope for each channel.</summary>
/// <remarks>
/// The shape stays. As PyTorch's <c>PReLU</c> with as many parameters as channels. Parameters: a slope per channel of an image or feature of a vector; weight
/// decay leaves them alone. He, Zhang, Ren and Sun, "Delving Deep into Rectifiers", 2015.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PReLUAttribute : LearnedLayerAttribute;
