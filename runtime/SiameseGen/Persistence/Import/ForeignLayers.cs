namespace SiameseGen.Persistence;

/// <summary>Finds the layers of another framework's file.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="naming">How to read it.</param>
internal sealed class ForeignLayers(string path, WeightNaming naming)
{
    /// <summary>The layers, in the order of their names, numbers as numbers.</summary>
    /// <param name="entries">All tensors of the file.</param>
    /// <exception cref="WeightsFormatException">A tensor is none that a layer of ours can have.</exception>
    public IReadOnlyList<ForeignLayer> Of(IEnumerable<SafetensorsEntry> entries) =>
    [
        .. entries.Where(entry => !naming.Ignores(entry.Name)).Select(naming.Format.Read).OfType<ForeignTensor>()
            .GroupBy(tensor => tensor.Layer).SelectMany(layer => naming.Format.Split([.. layer])).Select(Layer)
            .OrderBy(layer => layer.Name, NaturalOrder.Instance),
    ];

    private ForeignLayer Layer(IReadOnlyList<ForeignTensor> tensors)
    {
        Dictionary<ParameterRole, SafetensorsEntry> roles = [];
        foreach ((ForeignTensor tensor, ParameterRole? role) in naming.Format.Roles(tensors))
        {
            if (role is not { } known)
                throw Superfluous(tensor.Entry.Name, $"which is nothing that a layer of SiameseGen has from {naming.Format.Name}");
            if (!roles.TryAdd(known, tensor.Entry))
                throw Superfluous(tensor.Entry.Name, $"and '{roles[known].Name}', which says the same");
        }

        ForeignTensor? weight = tensors.FirstOrDefault(tensor => roles.GetValueOrDefault(ParameterRole.Weight) == tensor.Entry);
        bool isDepthwise = weight is not null && naming.Format.IsDepthwise(weight);
        return new ForeignLayer(tensors[0].Layer, LayerSorts.Of(roles.Keys, weight?.Entry.Shape.Length ?? 0, isDepthwise), roles);
    }

    private WeightsFormatException Superfluous(string tensor, string what) =>
        new($"{path}: it has a tensor '{tensor}', {what}. Leave it out with WeightNaming.Ignore(\"{tensor}\") if the encoder does without it.");
}
