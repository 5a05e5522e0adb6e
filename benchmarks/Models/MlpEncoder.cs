namespace SiameseGen.Benchmarks.Models;

/// <summary>A network without convolutions.</summary>
[Encoder]
[Features(784)]
[Dense(256), ReLU, Dense(128), ReLU, Dense(64), L2Normalize]
[ContrastiveLoss(Margin = 1f)]
internal sealed partial class MlpEncoder;
