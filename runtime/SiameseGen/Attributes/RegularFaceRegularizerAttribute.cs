namespace SiameseGen;

/// <summary>The mean, over the learned vectors, of the cosine to the closest vector of another class: pushes classes apart (Zhao, Xu and Cheng, "RegularFace: Deep Face Recognition via Exclusive Regularization", 2019).</summary>
/// <remarks>To be added to a loss that learns vectors of the classes, such as <see cref="ArcFaceLossAttribute"/>, after it. The generated class's <c>Loss</c> is a <see cref="Losses.CombinedLoss"/> with a <see cref="Losses.RegularFaceRegularizer"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class RegularFaceRegularizerAttribute : LossAttribute;
