namespace SiameseGen.Persistence;

/// <summary>
/// How weights trained elsewhere are named and ordered, and which of their layers are which of an encoder's. Start from <see cref="PyTorch"/> or <see cref="Keras"/>; each
/// method returns a naming that says more.
/// </summary>
/// <remarks>
/// A layer that no <see cref="Map(string, string)"/> tells of is found by its own name, and otherwise by order: the first convolution of the encoder is the file's
/// first convolution, the first dense layer its first, and so on; names come in the order of their numbers (<c>features.2</c> before <c>features.10</c>).
/// </remarks>
public sealed class WeightNaming
{
    private readonly IReadOnlyDictionary<string, string> _sources;
    private readonly IReadOnlyList<Func<string, string?>> _rules;
    private readonly IReadOnlyList<string> _ignored;

    private WeightNaming(
        ForeignFormat format, IReadOnlyDictionary<string, string> sources, IReadOnlyList<Func<string, string?>> rules, IReadOnlyList<string> ignored) =>
        (Format, _sources, _rules, _ignored) = (format, sources, rules, ignored);

    /// <summary>
    /// A state dictionary of PyTorch, such as <c>features.0.weight</c>: convolutions filters × channels × rows × columns, linear layers outputs × inputs, images
    /// flattened channel by channel. Counters (<c>num_batches_tracked</c>) are left out.
    /// </summary>
    public static WeightNaming PyTorch { get; } = new(new PyTorchFormat(), new Dictionary<string, string>(), [], []);

    /// <summary>Weights of Keras, such as <c>conv2d_1/kernel</c>, <c>dense.bias</c> or <c>batch_normalization/gamma:0</c>: orders are those of SiameseGen.</summary>
    public static WeightNaming Keras { get; } = new(new KerasFormat(), new Dictionary<string, string>(), [], []);

    internal ForeignFormat Format { get; }

    /// <summary>The layers of the encoder that were named one by one.</summary>
    internal IEnumerable<string> Layers => _sources.Keys;

    /// <summary>Says of which layer of the file one of the encoder's is made.</summary>
    /// <param name="layer">The encoder's layer, such as <c>conv2d1</c>: the name of its tensors up to the last dot.</param>
    /// <param name="source">The file's layer, such as <c>backbone.stem.0</c>: likewise.</param>
    /// <returns>A naming that knows it.</returns>
    /// <exception cref="ArgumentException">A name is empty, or <paramref name="layer"/> has one already.</exception>
    public WeightNaming Map(string layer, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentNullException.ThrowIfNull(source);
        return !_sources.ContainsKey(layer)
            ? new WeightNaming(Format, new Dictionary<string, string>(_sources) { [layer] = source }, _rules, _ignored)
            : throw new ArgumentException($"Layer '{layer}' is mapped to '{_sources[layer]}' already.", nameof(layer));
    }

    /// <summary>Says by a rule of which layers of the file the encoder's are made.</summary>
    /// <param name="rule">Gets the name of the encoder's layer, returns that of the file's; null where it knows none.</param>
    /// <returns>A naming that asks the rule after all that were there before.</returns>
    public WeightNaming Map(Func<string, string?> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new WeightNaming(Format, _sources, [.. _rules, rule], _ignored);
    }

    /// <summary>Leaves tensors of the file out, such as a head that the encoder does without.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <returns>A naming that leaves them out.</returns>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is empty.</exception>
    public WeightNaming Ignore(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        return new WeightNaming(Format, _sources, _rules, [.. _ignored, prefix]);
    }

    internal bool Ignores(string tensor) => _ignored.Any(prefix => tensor.StartsWith(prefix, StringComparison.Ordinal));

    internal string? SourceOf(string layer) => _sources.GetValueOrDefault(layer) ?? _rules.Select(rule => rule(layer)).FirstOrDefault(source => source is not null);
}
