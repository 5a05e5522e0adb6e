using SiameseGen;

namespace Glyphs;

/// <summary>
/// The network of this sample: four blocks of convolution, batch normalisation, rectifier and pooling take a 48×48 drawing down to 2×2×256, each with twice
/// the filters and a quarter of the places of the one before, so that all but the first cost alike; a dense layer makes the embedding of it.
/// </summary>
[Encoder]
[Image(48, 48)]
[Conv2D(32, Kernel = 5, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(256, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2, PadBottom = 1, PadRight = 1)]
[Flatten, Dense(128), BatchNorm, L2Normalize]
[NTXentLoss(Temperature = 0.07f, Weight = 1f), SupervisedContrastiveLoss(Temperature = 0.07f, Weight = 1f)]
public partial class GlyphEncoder;
