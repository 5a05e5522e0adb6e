using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Planning;

/// <summary>
/// The canonical text of an architecture, which goes with weights: an encoder can be made from it without the class that declared it. What the text does
/// not tell, such as names, dropout and the loss, does not change an embedding.
/// </summary>
public static class ArchitectureText
{
    private const string Separator = "; ";

    /// <summary>Reads a text: the inverse of what <c>EncoderInfo.Architecture</c> says.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the class that the model declares.</param>
    /// <param name="space">Its namespace; empty for the global one.</param>
    /// <returns>A model without a loss, whose tensors have the same shapes in the same order. It has no problems, and its own text is <paramref name="text"/>.</returns>
    /// <exception cref="FormatException">The text is not one that an encoder has.</exception>
    public static EncoderModel Read(string text, string name = "Encoder", string space = "")
    {
        string[] lines = text.Split([Separator], StringSplitOptions.None);
        if (lines.Length > Limits.Layers)
            throw new FormatException($"An architecture's text cannot be read: it has {Text.Number(lines.Length)} parts, and {Text.Number(Limits.Layers)} is the most.");
        var reader = new ArchitectureReader([.. lines.Select((line, number) => new ArchitectureLine(line, number))]);
        var model = new EncoderModel(space, default, name, false, reader.Model(), default) { Blocks = reader.Blocks.ToEquatableArray() };

        // Whatever was overlooked shows here: lines that lead nowhere, sizes that are not those of the layers, words at the end of a line.
        var problems = new ProblemList(model);
        string? again = GraphBuilder.Build(model, problems) is { } graph ? Of(graph) : null;
        return again == text
            ? model
            : throw new FormatException(again is null
                ? $"An architecture's text cannot be read: it would be a model with mistakes ({string.Join(", ", problems.All.Select(problem => problem.Id).Distinct())})."
                : $"An architecture's text cannot be read: it says '{text}', and its layers say '{again}'.");
    }

    /// <summary>The text of a graph.</summary>
    /// <param name="graph">The graph.</param>
    internal static string Of(Graph graph) => string.Join(Separator, graph.Architecture);
}
