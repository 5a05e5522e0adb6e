using SiameseGen;

namespace MyVerifier;

/// <summary>Makes 32 numbers of a drawing of 16×16 pixels: close together for the same sign, apart for different ones.</summary>
[Encoder]
[Image(16, 16)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(32), L2Normalize]
[TripletLoss(Margin = 0.3f)]
public partial class GlyphEncoder;
