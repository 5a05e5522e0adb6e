namespace SiameseGen.Models;

/// <summary>Every option of a layer that learns, on layers and on blocks.</summary>
[Encoder(MaxParameters = 2_000, MaxMultiplyAdds = 100_000, MaxWorkspaceBytes = 65_536)]
[Image(6, 6), Conv2D(5, Frozen = true), BatchNorm(Frozen = true), ReLU]
[Conv2D(6, LearningRateFactor = 0.25f, WeightDecayFactor = 2f, Initializer = Initializer.HeNormal), Tanh, Use<OptionBlock>(Name = "block", LearningRateFactor = 0.5f)]
[Flatten, Dense(7, Frozen = true, Initializer = Initializer.LeCunNormal), Tanh, Dense(5, WeightDecayFactor = 0f)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class WithOptions;

/// <summary>The same without options.</summary>
[Encoder]
[Image(6, 6), Conv2D(5), BatchNorm, ReLU]
[Conv2D(6, Initializer = Initializer.HeNormal), Tanh, Use<PlainBlock>(Name = "block")]
[Flatten, Dense(7, Initializer = Initializer.LeCunNormal), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class WithoutOptions;

/// <summary>Has an option of its own beside those of the place where it is put in.</summary>
[Block]
[Conv2D(5, Kernel = 1, WeightDecayFactor = 3f), LeakyReLU, Conv2D(4, Kernel = 2, LearningRateFactor = 2f), Tanh]
public sealed partial class OptionBlock;

/// <summary>The same without options.</summary>
[Block]
[Conv2D(5, Kernel = 1), LeakyReLU, Conv2D(4, Kernel = 2), Tanh]
public sealed partial class PlainBlock;
