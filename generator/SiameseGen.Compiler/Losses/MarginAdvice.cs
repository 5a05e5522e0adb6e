using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Losses;

/// <summary>What is allowed but hardly meant: margins that the embeddings cannot reach, or reach by growing.</summary>
internal static class MarginAdvice
{
    /// <summary>Looks at a model that compiles.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="problems">Receives advice.</param>
    public static void Check(Graph graph, ProblemList problems)
    {
        foreach (AttributeModel attribute in graph.Model.Attributes)
        {
            if (LossCatalogue.Named(attribute.Kind) is MarginLoss loss)
                Check(graph, attribute, loss.MarginOf(attribute), loss.NeedsScale, problems);
            else if (attribute.Kind == "MarginLoss" && !LossCatalogue.Learns(attribute))
                Check(graph, attribute, attribute.Get("Margin", 0.2f) + attribute.Get("Beta", 1.2f), needsScale: false, problems, $"{Text.Number(attribute.Get("Beta", 1.2f))} + {Text.Number(attribute.Get("Margin", 0.2f))}");
        }
    }

    // A margin of a boundary counts from 0: negatives are to be as far as both together.
    private static void Check(Graph graph, AttributeModel attribute, float margin, bool needsScale, ProblemList problems, string? words = null)
    {
        bool isNormalized = graph.Layers.LastOrDefault(layer => !layer.Lowering.IsAlias)?.Attribute.Kind == "L2Normalize";
        (double largest, string distance) = MarginLoss.MetricOf(attribute) switch
        {
            "Cosine" => (2, "the cosine distance"),
            "Euclidean" when isNormalized => (2, "the Euclidean distance of L2-normalised embeddings"),
            "SquaredEuclidean" when isNormalized => (4, "the squared Euclidean distance of L2-normalised embeddings"),
            "Manhattan" when isNormalized => (2 * Math.Sqrt(graph.EmbeddingLength), Invariant($"the Manhattan distance of L2-normalised embeddings of {graph.EmbeddingLength} values")),
            "DotProduct" when isNormalized => (2, "the difference of dot products of L2-normalised embeddings"),
            _ => (double.PositiveInfinity, ""),
        };
        if (margin > largest)
        {
            problems.Report(
                ProblemIds.UnreachableMargin, attribute, "Margin", Text.Brief(attribute), words ?? Text.Number(margin), distance, Text.Number((float)Math.Round(largest, 2)));
        }
        else if (needsScale && double.IsInfinity(largest) && MarginLoss.MetricOf(attribute) != "SignalToNoise")
        {
            problems.Report(ProblemIds.MarginWithoutScale, attribute, null, Text.Brief(attribute), Text.Number(margin));
        }
    }
}
