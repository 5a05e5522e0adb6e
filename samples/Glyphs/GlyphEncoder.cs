using SiameseGen;

namespace Glyphs;

/// <summary>
/// The network of this sample, "Conv4-64": four blocks of 3×3 convolution, batch normalisation, rectifier and pooling take a 28×28 drawing down
/// to 1×1×64, and a dense layer makes the embedding of it. Vinyals et al., "Matching Networks for One Shot Learning", 2016.
/// </summary>
[Encoder]
[Image(28, 28)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
[TripletLoss(Margin = 0.2f)]
public partial class GlyphEncoder;
