namespace SiameseGen.Models;

/// <summary>A loss and the norm of embeddings.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.4f, Weight = 1f), NormRegularizer(Power = 3f, Weight = 0.3f)]
public sealed partial class WithNorm;

/// <summary>A loss and the sum of absolute values.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Weight = 1f), NormRegularizer(Power = 1f, Weight = 0.2f)]
public sealed partial class WithAbsoluteNorm;

/// <summary>A loss and the length of embeddings.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Weight = 1f), NormRegularizer(Weight = 0.2f)]
public sealed partial class WithEuclideanNorm;

/// <summary>A loss and the mean of an embedding's values.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Weight = 2f), ZeroMeanRegularizer(Weight = 0.3f)]
public sealed partial class WithZeroMean;

/// <summary>A loss and the spread of lengths.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Weight = 1f), CenterInvariantRegularizer(Weight = 0.5f)]
public sealed partial class WithCenterInvariance;

/// <summary>A loss and the closest of other classes, which comes first.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[RegularFaceRegularizer(Weight = 0.5f), CosFaceLoss(Margin = 0.2f, Scale = 6f, Weight = 2f)]
public sealed partial class WithRegularFace;

/// <summary>A loss and the centres of a class.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SoftTripleLoss(Centers = 3, Scale = 10f, Gamma = 0.2f, Margin = 0.05f, Weight = 1f), SparseCentersRegularizer(Weight = 0.4f)]
public sealed partial class WithSparseCenters;

/// <summary>Everything at once.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ArcFaceLoss(Degrees = 15f, Scale = 10f, Weight = 1f), RegularFaceRegularizer(Weight = 0.4f), NormRegularizer(Weight = 0.1f)]
public sealed partial class WithTwoRegularizers;
