namespace SiameseGen.Persistence;

/// <summary>
/// Finds each layer of an encoder in another framework's file: by the name that the user gave, by its own name, or else by order: of the layers of a sort, the
/// first is the first.
/// </summary>
/// <param name="info">The encoder.</param>
/// <param name="path">The file, for messages.</param>
/// <param name="naming">What the user said.</param>
internal sealed class LayerMatching(EncoderInfo info, string path, WeightNaming naming)
{
    private const int MostNames = 8;

    /// <summary>Matches layers.</summary>
    /// <param name="own">The encoder's.</param>
    /// <param name="foreign">The file's.</param>
    /// <returns>For each of the encoder's, one of the file's.</returns>
    /// <exception cref="WeightsFormatException">There are too few or too many.</exception>
    /// <exception cref="ArgumentException">The user named a layer that the encoder has not.</exception>
    public IReadOnlyList<ForeignLayer> Match(IReadOnlyList<OwnLayer> own, IReadOnlyList<ForeignLayer> foreign)
    {
        string? unknown = naming.Layers.FirstOrDefault(name => own.All(layer => layer.Name != name));
        if (unknown is not null)
            throw new ArgumentException($"{info.Name} has no layer '{unknown}' with weights; it has {List(own.Select(layer => layer.Name))}.");
        Dictionary<string, ForeignLayer> byName = foreign.ToDictionary(layer => layer.Name);
        var found = new ForeignLayer?[own.Count];
        for (int i = 0; i < own.Count; i++)
        {
            if (naming.SourceOf(own[i].Name) is { } source)
                found[i] = byName.GetValueOrDefault(source) ?? throw Broken($"it has no layer '{source}', of which '{own[i].Name}' was to be made; it has {List(byName.Keys.Order(NaturalOrder.Instance))}.");
            else
                found[i] = byName.GetValueOrDefault(own[i].Name);
        }

        if (found.OfType<ForeignLayer>().GroupBy(layer => layer).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Broken($"two layers of {info.Name} were to be made of '{twice.Key.Name}'. Map each to a layer of its own.");
        foreach (LayerSort sort in Enum.GetValues<LayerSort>())
            MatchInOrder(sort);
        return found!;

        void MatchInOrder(LayerSort sort)
        {
            int[] open = [.. Enumerable.Range(0, own.Count).Where(i => found[i] is null && own[i].Sort(naming.Format) == sort)];
            ForeignLayer[] rest = [.. foreign.Where(layer => layer.Sort == sort && !found.Contains(layer))];
            if (open.Length != rest.Length)
            {
                throw Broken(
                    $"it has {rest.Length} {LayerSorts.Plural(sort)} ({List(rest.Select(layer => layer.Name))}) for {open.Length} of {info.Name} "
                    + $"({List(open.Select(i => own[i].Name))}). Leave out what the encoder does without with WeightNaming.Ignore, or say with WeightNaming.Map which is which.");
            }

            foreach ((int i, ForeignLayer layer) in open.Zip(rest))
                found[i] = layer;
        }
    }

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 0 ? "none" : string.Join(", ", all.Take(MostNames).Select(name => $"'{name}'")) + (all.Length > MostNames ? ", …" : "");
    }

    private WeightsFormatException Broken(string what) => new($"{path}: {what}");
}
