using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>One kind of loss: a margin on a distance.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>, and the class's in <c>SiameseGen.Losses</c>.</param>
internal abstract class LossKind(string name)
{
    // Members of SiameseGen.DistanceMetric, in order.
    private static readonly string[] Metrics = ["Euclidean", "SquaredEuclidean", "Cosine", "Manhattan"];

    /// <summary>The attribute's name without <c>Attribute</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The margin unless one is set.</summary>
    protected abstract float DefaultMargin { get; }

    /// <summary>Checks the arguments.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    /// <returns>The loss, or null when a problem was reported.</returns>
    public Loss? Resolve(AttributeModel attribute, ProblemList problems)
    {
        float margin = attribute.Get("Margin", DefaultMargin);
        bool valid = margin > 0f && !float.IsInfinity(margin);
        if (!valid)
            problems.Report(ProblemIds.MarginOutOfRange, attribute, "Margin", Text.Brief(attribute), Text.Number(margin));
        int? metric = problems.Member(attribute, "Distance", "DistanceMetric", Metrics);
        return valid && metric is { } member ? new Loss(Name, margin, Metrics[member]) : null;
    }
}

/// <summary>A loss with its arguments.</summary>
/// <param name="ClassName">The class in <c>SiameseGen.Losses</c>.</param>
/// <param name="Margin">The margin.</param>
/// <param name="Metric">The member of <c>SiameseGen.DistanceMetric</c>.</param>
internal sealed record Loss(string ClassName, float Margin, string Metric)
{
    /// <summary>The distance of embeddings of an encoder without a loss.</summary>
    public const string DefaultMetric = "Euclidean";
}
