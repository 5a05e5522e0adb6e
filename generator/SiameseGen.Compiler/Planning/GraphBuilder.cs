using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Planning;

/// <summary>
/// Turns a model into a graph, or into the list of all that is wrong with it. After a problem it goes on with what is still known, so that
/// independent problems show at once, and none shows that only follows from another.
/// </summary>
internal static class GraphBuilder
{
    /// <summary>Builds the graph.</summary>
    /// <param name="model">What the user declared.</param>
    /// <param name="problems">Receives problems.</param>
    /// <returns>The graph, or null when there are problems.</returns>
    public static Graph? Build(EncoderModel model, ProblemList problems)
    {
        AttributeModel? inputAttribute = FindInput(model, problems);
        Shape? input = inputAttribute is null ? null : InputKind.Named(inputAttribute.Kind)!.Resolve(inputAttribute, problems);
        // Of two inputs nobody knows which one is meant, so nothing is known of what arrives at the layers.
        if (model.Attributes.Count(attribute => InputKind.Named(attribute.Kind) is not null) > 1)
            input = null;
        Loss? loss = FindLoss(model, problems);
        IReadOnlyList<Layer> layers = ResolveLayers(model, inputAttribute, input, problems);
        return problems.Count == 0 ? new Graph(model, inputAttribute!, input!.Value, layers, loss) : null;
    }

    private static AttributeModel? FindInput(EncoderModel model, ProblemList problems)
    {
        List<AttributeModel> inputs = [.. model.Attributes.Where(attribute => InputKind.Named(attribute.Kind) is not null)];
        if (inputs.Count == 0)
        {
            problems.Report(ProblemIds.NoInput, null, null, model.Name);
            return null;
        }

        foreach (AttributeModel second in inputs.Skip(1))
            problems.Report(ProblemIds.TwoInputs, second, null, model.Name, Text.Brief(inputs[0]), Text.Brief(second));

        // One report is enough: moving the input mends all that stands before it.
        AttributeModel first = model.Attributes[0];
        if (!first.Equals(inputs[0]))
            problems.Report(ProblemIds.InputNotFirst, first, null, Text.Brief(first), Text.Brief(inputs[0]));
        return inputs[0];
    }

    // Several losses are a sum, once each of them says how much it counts.
    private static Loss? FindLoss(EncoderModel model, ProblemList problems)
    {
        AttributeModel[] declared = [.. model.Attributes.Where(attribute => LossCatalogue.Named(attribute.Kind) is not null)];
        List<(Loss Loss, float Weight)> parts = [];
        foreach (AttributeModel attribute in declared)
        {
            Loss? resolved = LossCatalogue.Named(attribute.Kind)!.Resolve(attribute, problems);
            float? weight = problems.Value(attribute, "Weight", 1f, "(0, ∞)", value => value > 0f && !float.IsInfinity(value));
            if (attribute != declared[0] && !(attribute.Has("Weight") && declared[0].Has("Weight")))
                problems.Report(ProblemIds.TwoLosses, attribute, null, model.Name, Text.Brief(declared[0]), Text.Brief(attribute));
            if (LossCatalogue.Named(attribute.Kind) is SettingsLoss { NeedsVectors: true } && !declared.Any(other => LossCatalogue.Named(other.Kind) is SettingsLoss { HasVectors: true }))
                problems.Report(ProblemIds.NothingToRegularize, attribute, null, Text.Brief(attribute));
            if (resolved is not null && weight is { } factor)
                parts.Add((resolved, factor));
        }

        return parts.Count == 0 ? null : parts.Count == 1 && parts[0].Weight == 1f ? parts[0].Loss : Loss.Sum(parts);
    }

    private static IReadOnlyList<Layer> ResolveLayers(EncoderModel model, AttributeModel? inputAttribute, Shape? input, ProblemList problems)
    {
        List<AttributeModel> declared = [.. model.Attributes.Where(BlockRules.IsLayer)];
        if (declared.Count == 0)
            problems.Report(ProblemIds.NoLayers, null, null, model.Name);
        if (BlockRules.ReportCycles(model, problems))
            return [];

        var composer = new Composer(model, problems);
        AttributeModel? vectorSince = input is { IsImage: false } ? inputAttribute : null;
        Cursor end = composer.Put(model.Attributes, new NameScope(), new Cursor(Graph.InputIndex, input, vectorSince), []);
        CheckEnd(model, declared.LastOrDefault(), end.Shape, problems);
        return composer.Layers;
    }

    private static void CheckEnd(EncoderModel model, AttributeModel? last, Shape? shape, ProblemList problems)
    {
        if (last is null || shape is not { } end)
            return;
        if (end.IsImage)
            problems.Report(ProblemIds.EndsInImage, last, null, model.Name, end.ToString(), Text.Number(end.Count));
        else if (end.Count > Limits.Embedding)
            problems.TooLarge(last, "embedding", end.Count, Limits.Embedding);
    }
}
