using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>One kind of loss.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>.</param>
internal abstract class LossKind(string name)
{
    /// <summary>The attribute's name without <c>Attribute</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The type that an encoder hands its loss out as.</summary>
    public abstract string Type { get; }

    /// <summary>The members of <c>BatchStructure</c> that the loss accepts; empty where only the loss itself knows.</summary>
    public virtual IReadOnlyList<string> Accepts => [];

    /// <summary>Whether it learns weights of its own.</summary>
    /// <param name="attribute">The attribute.</param>
    public virtual bool Learns(AttributeModel attribute) => false;

    /// <summary>Checks the arguments.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    /// <returns>The loss, or null when a problem was reported.</returns>
    public abstract Loss? Resolve(AttributeModel attribute, ProblemList problems);
}

/// <summary>A loss that is a margin on a distance.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>, and the class's in <c>SiameseGen.Losses</c>.</param>
internal abstract class MarginLoss(string name) : LossKind(name)
{
    /// <summary>Members of <c>SiameseGen.DistanceMetric</c>, in order.</summary>
    public static readonly string[] Metrics = ["Euclidean", "SquaredEuclidean", "Cosine", "Manhattan", "SignalToNoise", "DotProduct"];

    /// <summary>Those that are 0 for equal embeddings: all but the last.</summary>
    public static readonly string[] MetricsFromZero = [.. Metrics.Take(Metrics.Length - 1)];

    public override string Type => $"global::SiameseGen.Losses.{Name}";

    /// <summary>Whether longer embeddings alone can satisfy it.</summary>
    public virtual bool NeedsScale => false;

    /// <summary>Whether it is a loss of differences of distances, so that none of them needs to be 0.</summary>
    protected virtual bool TakesProducts => false;

    /// <summary>The margin unless one is set.</summary>
    protected abstract float DefaultMargin { get; }

    /// <summary>The margin.</summary>
    /// <param name="attribute">The attribute.</param>
    public float MarginOf(AttributeModel attribute) => attribute.Get("Margin", DefaultMargin);

    /// <summary>The member of <c>DistanceMetric</c>, of an attribute without mistakes.</summary>
    /// <param name="attribute">The attribute.</param>
    public static string MetricOf(AttributeModel attribute) => Metrics[attribute.Get("Distance", 0)];

    /// <summary>Further arguments, each after a comma; null when a problem was reported.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="problems">Receives problems.</param>
    protected abstract string? OptionsOf(AttributeModel attribute, ProblemList problems);

    public override Loss? Resolve(AttributeModel attribute, ProblemList problems)
    {
        float margin = MarginOf(attribute);
        bool valid = margin > 0f && !float.IsInfinity(margin);
        if (!valid)
            problems.Report(ProblemIds.MarginOutOfRange, attribute, "Margin", Text.Brief(attribute), Text.Number(margin));
        int? metric = problems.Member(attribute, "Distance", "DistanceMetric", TakesProducts ? Metrics : MetricsFromZero);
        string? options = OptionsOf(attribute, problems);
        if (!valid || options is null || metric is not { } member)
            return null;
        string distance = $"global::SiameseGen.DistanceMetric.{Metrics[member]}";
        return new Loss(Type, $"new(margin: {Text.Literal(margin)}, distance: {distance}{options})", distance, $"margin {Text.Number(margin)}, distance {Metrics[member]}");
    }
}

/// <summary>A loss with its arguments, as generated code writes it.</summary>
/// <param name="Type">The type that the encoder hands it out as.</param>
/// <param name="Creation">The expression that makes it.</param>
/// <param name="Metric">The expression of its distance.</param>
/// <param name="Description">What documentation says of it.</param>
internal sealed record Loss(string Type, string Creation, string Metric, string Description)
{
    /// <summary>The distance of embeddings of an encoder without a loss.</summary>
    public const string DefaultMetric = "global::SiameseGen.DistanceMetric.Euclidean";

    /// <summary>A weighted sum of losses.</summary>
    /// <param name="parts">The losses and their weights.</param>
    public static Loss Sum(IReadOnlyList<(Loss Loss, float Weight)> parts) => new(
        "global::SiameseGen.Losses.CombinedLoss",
        $"new({string.Join(", ", parts.Select(part => $"({part.Loss.TypedCreation}, {Text.Literal(part.Weight)})"))})",
        parts[0].Loss.Metric,
        string.Join("; plus ", parts.Select(part => $"{Text.Number(part.Weight)} × {part.Loss.Type.Split('.').Last()} ({part.Loss.Description})")));

    private string TypedCreation => Creation.StartsWith("new(", StringComparison.Ordinal) ? $"new {Type}{Creation.Substring("new".Length)}" : Creation;
}
