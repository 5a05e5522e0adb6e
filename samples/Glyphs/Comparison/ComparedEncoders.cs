using SiameseGen;

namespace Glyphs.Comparison;

/// <summary>"Conv4-64" without its loss: what all compared encoders have in common.</summary>
[Block]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
public sealed class Conv4;

/// <summary>Pairs on a fixed scale.</summary>
[Encoder, Image(28, 28), Use<Conv4>, ContrastiveLoss(Margin = 1f)]
public partial class ContrastiveEncoder;

/// <summary>Triplets on a relative one.</summary>
[Encoder, Image(28, 28), Use<Conv4>, TripletLoss(Margin = 0.2f)]
public partial class TripletEncoder;

/// <summary>One positive among all negatives.</summary>
[Encoder, Image(28, 28), Use<Conv4>, NTXentLoss(Temperature = 0.1f)]
public partial class NTXentEncoder;

/// <summary>All positives among all others.</summary>
[Encoder, Image(28, 28), Use<Conv4>, SupervisedContrastiveLoss(Temperature = 0.1f)]
public partial class SupervisedContrastiveEncoder;

/// <summary>Pairs weighed by their similarity.</summary>
[Encoder, Image(28, 28), Use<Conv4>, MultiSimilarityLoss]
public partial class MultiSimilarityEncoder;

/// <summary>Pairs weighed by how far they are from where they should be.</summary>
[Encoder, Image(28, 28), Use<Conv4>, CircleLoss(Scale = 32f)]
public partial class CircleEncoder;

/// <summary>All positives and all negatives of an anchor at once.</summary>
[Encoder, Image(28, 28), Use<Conv4>, GeneralizedLiftedStructureLoss(Margin = 1f)]
public partial class LiftedEncoder;

/// <summary>A learned direction a character.</summary>
[Encoder, Image(28, 28), Use<Conv4>, ArcFaceLoss(Degrees = 15f, Scale = 16f, LearningRateFactor = 10f)]
public partial class ArcFaceEncoder;
