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
        List<Layer> layers = ResolveLayers(model, inputAttribute, input, problems);
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

    private static Loss? FindLoss(EncoderModel model, ProblemList problems)
    {
        AttributeModel? first = null;
        Loss? loss = null;
        foreach (AttributeModel attribute in model.Attributes)
        {
            if (LossCatalogue.Named(attribute.Kind) is not { } kind)
                continue;
            Loss? resolved = kind.Resolve(attribute, problems);
            if (first is not null)
                problems.Report(ProblemIds.TwoLosses, attribute, null, model.Name, Text.Brief(first), Text.Brief(attribute));
            first ??= attribute;
            loss ??= resolved;
        }

        return loss;
    }

    private static List<Layer> ResolveLayers(EncoderModel model, AttributeModel? inputAttribute, Shape? input, ProblemList problems)
    {
        List<(AttributeModel Attribute, LayerKind Kind)> declared =
            [.. model.Attributes.Where(IsLayer).Select(attribute => (attribute, LayerCatalogue.Named(attribute.Kind)!))];
        if (declared.Count == 0)
            problems.Report(ProblemIds.NoLayers, null, null, model.Name);

        List<Layer> layers = [];
        List<LayerKind> kinds = [.. declared.Select(layer => layer.Kind)];
        AttributeModel? vectorSince = input is { IsImage: false } ? inputAttribute : null;
        Shape? shape = input;
        for (int i = 0; i < declared.Count; i++)
        {
            (AttributeModel attribute, LayerKind kind) = declared[i];
            int number = kinds.Take(i + 1).Count(other => other == kind);
            var site = new LayerSite(attribute, number, i, shape, vectorSince, kinds.GetRange(i + 1, kinds.Count - i - 1), problems);
            Layer? layer = kind.Resolve(site);
            Shape? leaving = layer is null ? site.Leaving : CheckSize(layer, problems);
            if (shape is { IsImage: true } && leaving is { IsImage: false })
                vectorSince = attribute;
            shape = leaving;
            if (layer is not null)
                layers.Add(layer);
        }

        CheckEnd(model, declared.LastOrDefault().Attribute, shape, problems);
        return layers;
    }

    private static bool IsLayer(AttributeModel attribute)
    {
        if (LayerCatalogue.Named(attribute.Kind) is not null)
            return true;
        if (InputKind.Named(attribute.Kind) is null && LossCatalogue.Named(attribute.Kind) is null)
            throw new InvalidOperationException($"'{attribute.Kind}' is no input, layer or loss.");
        return false;
    }

    private static Shape? CheckSize(Layer layer, ProblemList problems)
    {
        long weights = layer.Tensors.Sum(tensor => tensor.Count);
        if (layer.Output.Count > Shape.MaxLength)
        {
            problems.TooLarge(layer.Attribute, "output", layer.Output.Count, Shape.MaxLength);
            return null;
        }

        long memory = layer.Lowering.LargestMemory;
        if (weights > Limits.Floats)
            problems.TooLarge(layer.Attribute, "parameters", weights, Limits.Floats);
        else if (memory > Limits.Floats)
            problems.TooLarge(layer.Attribute, "working memory", memory, Limits.Floats);
        return layer.Output;
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
