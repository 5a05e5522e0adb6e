using SiameseGen.Compiler.Losses;
using SiameseGen.Testing;
using Xunit;

namespace SiameseGen.Generator.Tests.Snapshots;

/// <summary>How every loss is made by generated code, with its defaults and with other settings.</summary>
public class LossSnapshots
{
    private static readonly string[] Others =
    [
        "ContrastiveLoss(Margin = 2f, Distance = DistanceMetric.Manhattan, Squared = false)",
        "TripletLoss(Margin = 2f, Swap = true, Soft = true, Reduction = SiameseGen.Losses.LossReduction.Sum)",
        "MultiSimilarityLoss(Alpha = 1f, Beta = 10f, Base = -0.25f)",
        "MarginLoss(Margin = 0.5f, Beta = 2f, Distance = DistanceMetric.Cosine)",
        "MarginLoss(Learned = SiameseGen.Losses.LearnedBoundary.PerClass, LearningRateFactor = 10f)",
        "FastAPLoss(Bins = 25)",
        "ArcFaceLoss(Weight = 1f), RegularFaceRegularizer(Weight = 0.5f), SparseCentersRegularizer(Weight = 0.25f)",
        "NTXentLoss(Reduction = SiameseGen.Losses.LossReduction.MeanOfAnchors)",
        "NTXentLoss(Temperature = 0.1f, Learned = SiameseGen.Losses.LearnedScale.One, LearningRateFactor = 2f)",
        "ContrastiveLoss(Reduction = SiameseGen.Losses.LossReduction.MeanOfActive)",
    ];

    [Fact]
    public void Losses()
    {
        IEnumerable<string> declared = LossCatalogue.All.Select(kind => kind.Name).Where(name => name != "Loss" && name is not ("RegularFaceRegularizer" or "SparseCentersRegularizer")).Concat(Others);
        string text = string.Join("\n", declared.Select(loss => $"// [{loss}]\n{Line(loss)}\n"));
        Snapshot.Verify(text, "", "cs");
    }

    private static string Line(string loss)
    {
        Loss made = Compiled.Plan($"[Features(4), Dense(2), {loss}]").Graph.Loss!;
        return $"{made.Type} Loss {{ get; }} = {made.Creation}; // {made.Description}; embeddings by {made.Metric}";
    }
}
