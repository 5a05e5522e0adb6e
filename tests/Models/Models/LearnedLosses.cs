namespace SiameseGen.Models;

/// <summary>An added angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ArcFaceLoss(Degrees = 20f, Scale = 12f)]
public sealed partial class PlainArcFace;

/// <summary>An added angle to the closest of three.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SubCenterArcFaceLoss(Centers = 3, Degrees = 15f, Scale = 10f)]
public sealed partial class PlainSubCenterArcFace;

/// <summary>An added cosine.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CosFaceLoss(Margin = 0.3f, Scale = 10f)]
public sealed partial class PlainCosFace;

/// <summary>A multiplied angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SphereFaceLoss(Multiplier = 3, Scale = 5f)]
public sealed partial class PlainSphereFace;

/// <summary>A classifier of directions.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NormalizedSoftmaxLoss(Temperature = 0.2f)]
public sealed partial class PlainNormalizedSoftmax;

/// <summary>The closest proxy.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ProxyNCALoss(Factor = 2f)]
public sealed partial class PlainProxyNCA;

/// <summary>Proxies as anchors.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ProxyAnchorLoss(Margin = 0.2f, Alpha = 8f)]
public sealed partial class PlainProxyAnchor;

/// <summary>Several centres a class.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SoftTripleLoss(Centers = 4, Scale = 10f, Gamma = 0.2f, Margin = 0.05f)]
public sealed partial class PlainSoftTriple;

/// <summary>A learned similarity.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(11)]
[WeightedL1Loss]
public sealed partial class PlainWeightedL1;

/// <summary>A sum of two, one of which learns.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.4f, Weight = 0.5f), CosFaceLoss(Margin = 0.2f, Scale = 6f, Weight = 2f)]
public sealed partial class WeightedLosses;
