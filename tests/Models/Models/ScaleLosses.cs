using SiameseGen.Losses;

namespace SiameseGen.Models;

/// <summary>The normalised cross entropy with a scale that is learned.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.4f, Learned = LearnedScale.One, LearningRateFactor = 2f)]
public sealed partial class NTXentLearned;

/// <summary>The supervised contrastive loss with a scale that is learned, beside another loss.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SupervisedContrastiveLoss(Temperature = 0.3f, Learned = LearnedScale.One, Weight = 1f), NTXentLoss(Temperature = 0.5f, Weight = 0.5f)]
public sealed partial class ContrastiveLearned;
