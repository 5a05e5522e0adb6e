using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>Every kind of loss there is.</summary>
internal static class LossCatalogue
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<LossKind> All { get; } =
    [
        new ContrastiveLoss(),
        new TripletLoss(),
        new SettingsLoss("NTXentLoss", "Cosine", LossSetting.Positive("Temperature", 0.07f), RateFactor) { Choices = [Reduction, LearnedScale] },
        new SettingsLoss("SupervisedContrastiveLoss", "Cosine", LossSetting.Positive("Temperature", 0.1f), RateFactor) { Choices = [Reduction, LearnedScale] },
        new SettingsLoss("NPairsLoss", "Cosine", NotNegative("Regularization", 0.002f)) { Choices = [Reduction] },
        new SettingsLoss(
            "MultiSimilarityLoss", "Cosine", LossSetting.Positive("Alpha", 2f), LossSetting.Positive("Beta", 50f), new LossSetting("Base", 0.5f, "[−1, 1]", value => value >= -1f && value <= 1f)) { Choices = [Reduction] },
        new SettingsLoss("CircleLoss", "Cosine", new LossSetting("Margin", 0.4f, "[0, 1]", value => value >= 0f && value <= 1f), LossSetting.Positive("Scale", 80f)) { Choices = [Reduction] },
        new SettingsLoss("MarginLoss", null, LossSetting.Positive("Margin", 0.2f), LossSetting.Positive("Beta", 1.2f), RateFactor) { Choices = [Reduction, new LossChoice("Learned", "LearnedBoundary", "None", "One", "PerClass")] },
        new SettingsLoss("LiftedStructureLoss", null, LossSetting.Positive("Margin", 1f)) { TakesProducts = true, Choices = [Reduction] },
        new SettingsLoss("GeneralizedLiftedStructureLoss", null, LossSetting.Positive("Margin", 1f)) { TakesProducts = true, Choices = [Reduction] },
        new SettingsLoss("AngularLoss", "Cosine", new LossSetting("Degrees", 40f, "(0, 90)", value => value > 0f && value < 90f)) { Choices = [Reduction] },
        new SettingsLoss("FastAPLoss", "Cosine", LossSetting.Whole("Bins", 10, 2, 1000)) { Choices = [Reduction] },
        new SettingsLoss("NCALoss", "SquaredEuclidean", LossSetting.Positive("Scale", 1f)) { Choices = [Reduction] },
        new SettingsLoss(
            "SignalToNoiseRatioLoss", "Euclidean", NotNegative("PositiveMargin", 0f), LossSetting.Positive("NegativeMargin", 1f)),
        new SettingsLoss("ArcFaceLoss", "Cosine", Angle("Degrees", 28.6f), LossSetting.Positive("Scale", 64f), RateFactor) { HasVectors = true },
        new SettingsLoss("SubCenterArcFaceLoss", "Cosine", LossSetting.Whole("Centers", 3, 1, 100), Angle("Degrees", 28.6f), LossSetting.Positive("Scale", 64f), RateFactor) { HasVectors = true },
        new SettingsLoss("CosFaceLoss", "Cosine", new LossSetting("Margin", 0.35f, "(0, 2)", value => value > 0f && value < 2f), LossSetting.Positive("Scale", 64f), RateFactor) { HasVectors = true },
        new SettingsLoss("SphereFaceLoss", "Cosine", LossSetting.Whole("Multiplier", 4, 1, 8), LossSetting.Positive("Scale", 30f), RateFactor) { HasVectors = true },
        new SettingsLoss("NormalizedSoftmaxLoss", "Cosine", LossSetting.Positive("Temperature", 0.05f), RateFactor) { HasVectors = true },
        new SettingsLoss("ProxyNCALoss", "Cosine", LossSetting.Positive("Factor", 3f), RateFactor) { HasVectors = true },
        new SettingsLoss("ProxyAnchorLoss", "Cosine", new LossSetting("Margin", 0.1f, "[0, 1)", value => value >= 0f && value < 1f), LossSetting.Positive("Alpha", 32f), RateFactor) { HasVectors = true },
        new SettingsLoss(
            "SoftTripleLoss", "Cosine", LossSetting.Whole("Centers", 10, 1, 100), LossSetting.Positive("Scale", 20f), LossSetting.Positive("Gamma", 0.1f),
            new LossSetting("Margin", 0.01f, "[0, 2)", value => value >= 0f && value < 2f), RateFactor) { HasVectors = true },
        new SettingsLoss("WeightedL1Loss", "Manhattan", RateFactor) { Batches = ["Pairs", "Classes"] },
        new SettingsLoss("BarlowTwinsLoss", "Cosine", LossSetting.Positive("Redundancy", 0.005f)),
        new SettingsLoss("VICRegLoss", "Cosine", LossSetting.Positive("Invariance", 25f), NotNegative("Variance", 25f), NotNegative("Covariance", 1f)),
        new SettingsLoss("SimSiamLoss", "Cosine", LossSetting.Whole("Hidden", 0, 0, 65_536), RateFactor),
        new SettingsLoss("NormRegularizer", "Euclidean", new LossSetting("Power", 2f, "[1, ∞)", value => value >= 1f && !float.IsInfinity(value))) { Batches = AnyBatches },
        new SettingsLoss("ZeroMeanRegularizer", "Euclidean") { Batches = AnyBatches },
        new SettingsLoss("CenterInvariantRegularizer", "Euclidean") { Batches = AnyBatches },
        new SettingsLoss("RegularFaceRegularizer", "Cosine") { NeedsVectors = true },
        new SettingsLoss("SparseCentersRegularizer", "Cosine") { NeedsVectors = true },
        new OwnLoss(),
    ];

    /// <summary>Whether a loss learns weights of its own.</summary>
    /// <param name="attribute">The loss's attribute.</param>
    public static bool Learns(AttributeModel attribute) => Named(attribute.Kind) is { } kind && kind.Learns(attribute);

    /// <summary>The members of <c>LossReduction</c>, in order.</summary>
    public static LossChoice Reduction => new("Reduction", "LossReduction", "Default", "MeanOfActive", "Mean", "Sum", "MeanOfAnchors");

    private static LossChoice LearnedScale => new("Learned", "LearnedScale", "None", "One");

    private static string[] AnyBatches => ["Pairs", "Triplets", "Classes"];

    private static LossSetting RateFactor => NotNegative("LearningRateFactor", 1f);

    /// <summary>The kind of that name; null when it is no loss.</summary>
    /// <param name="name">The attribute's name without <c>Attribute</c>.</param>
    public static LossKind? Named(string name) => All.FirstOrDefault(kind => kind.Name == name);

    private static LossSetting NotNegative(string name, float otherwise) => new(name, otherwise, "[0, ∞)", value => value >= 0f && !float.IsInfinity(value));

    private static LossSetting Angle(string name, float otherwise) => new(name, otherwise, "(0, 180)", value => value > 0f && value < 180f);
}
