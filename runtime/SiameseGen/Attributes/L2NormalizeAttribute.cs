namespace SiameseGen;

/// <summary>Scales the whole vector to length 1, so that only its direction counts.</summary>
/// <remarks>
/// The shape stays; no parameters. y = x / max(‖x‖₂, 10⁻¹²) as PyTorch's <c>functional.normalize</c>. Usual as the last layer under a
/// triplet loss: distances then lie between 0 and 2, and a margin means the same for every encoder. Schroff, Kalenichenko and Philbin,
/// "FaceNet: A Unified Embedding for Face Recognition and Clustering", 2015.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class L2NormalizeAttribute : LayerAttribute;
