using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Layers.Composition;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Planning;

/// <summary>A place between two layers.</summary>
/// <param name="Layer">The layer before it, as an index; −1 for the encoder's input.</param>
/// <param name="Shape">What flows there; null when a problem leaves it unknown.</param>
/// <param name="VectorSince">The attribute that made a vector of the image, or of the features' input.</param>
internal readonly record struct Cursor(int Layer, Shape? Shape, AttributeModel? VectorSince);

/// <summary>
/// Puts layers in, one after the other in the order in which they compute, blocks within blocks and branches that part and join. After a problem it goes
/// on with what is still known, so that independent problems show at once, and none shows that only follows from another.
/// </summary>
/// <param name="model">What the user declared; no block of it is put into itself.</param>
/// <param name="problems">Receives problems.</param>
internal sealed class Composer(EncoderModel model, ProblemList problems)
{
    private const string NameArgument = "Name";

    private readonly List<Layer> _layers = [];
    private int _position;
    private int _pieces;

    /// <summary>What the user declared.</summary>
    public EncoderModel Model { get; } = model;

    /// <summary>Receives problems.</summary>
    public ProblemList Problems { get; } = problems;

    /// <summary>The layers so far.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Puts layers in.</summary>
    /// <param name="attributes">Their attributes.</param>
    /// <param name="names">Their names.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="following">Kinds of the layers after them.</param>
    /// <returns>Where the model goes on.</returns>
    public Cursor Put(IReadOnlyList<AttributeModel> attributes, NameScope names, Cursor start, IEnumerable<LayerKind> following)
    {
        Cursor cursor = start;
        for (int i = 0; i < attributes.Count; i++)
        {
            AttributeModel attribute = attributes[i];
            if (IsTooMuch(attribute))
                return cursor with { Shape = null };
            IEnumerable<LayerKind> after = KindsOf(attributes.Skip(i + 1)).Concat(following);
            if (CompositeCatalogue.Named(attribute.Kind) is { } composite)
                cursor = composite.Compose(new CompositeSite(this, attribute, names, cursor, after));
            else if (LayerCatalogue.Named(attribute.Kind) is { } kind)
                cursor = Put(kind, attribute, names, cursor, after);
            else if (InputKind.Named(attribute.Kind) is null && LossCatalogue.Named(attribute.Kind) is null)
                throw new InvalidOperationException($"'{attribute.Kind}' is no input, layer or loss.");
        }

        return cursor;
    }

    /// <summary>The kinds of layers that a layer before a block sees.</summary>
    /// <param name="block">The block's index.</param>
    public IEnumerable<LayerKind> KindsOfBlock(int block) => KindsOf(Model.Blocks[block].Attributes);

    /// <summary>The name that an attribute gives, or the next one of a kind.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="names">Names.</param>
    public LayerName NameOf(AttributeModel attribute, string kind, NameScope names)
    {
        if (GivenName(attribute) is not { } name)
            return names.Next(kind);
        if (names.Given(name) is { } given)
            return given;
        Problems.Report(ProblemIds.BadName, attribute, NameArgument, Text.Brief(attribute), name, "another layer or block is called so");
        return names.Next(kind);
    }

    /// <summary>The name that an attribute gives; null when it gives none that is one.</summary>
    /// <param name="attribute">The attribute.</param>
    public string? GivenName(AttributeModel attribute)
    {
        if (!attribute.Has(NameArgument))
            return null;
        string name = attribute.Get(NameArgument, "");
        if (IsName(name))
            return name;
        Problems.Report(
            ProblemIds.BadName, attribute, NameArgument, Text.Brief(attribute), name, "it must be a letter, then at most 63 letters, digits and underscores (ASCII)");
        return null;
    }

    /// <summary>Puts in a layer that is resolved.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="cursor">Where it stands.</param>
    /// <returns>Where the model goes on.</returns>
    public Cursor Append(Layer layer, Cursor cursor)
    {
        Shape? leaving = CheckSize(layer);
        _layers.Add(layer);
        return new Cursor(_layers.Count - 1, leaving, VectorSince(cursor, leaving, layer.Attribute));
    }

    private Cursor Put(LayerKind kind, AttributeModel attribute, NameScope names, Cursor cursor, IEnumerable<LayerKind> following)
    {
        var site = new LayerSite(attribute, NameOf(attribute, kind.Name, names), _position++, cursor.Shape, cursor.VectorSince, following, Problems);
        return kind.Resolve(site) is { } layer
            ? Append(LearningOptions.Apply(layer, Problems) with { Source = cursor.Layer }, cursor)
            : new Cursor(cursor.Layer, site.Leaving, VectorSince(cursor, site.Leaving, attribute));
    }

    private static AttributeModel? VectorSince(Cursor cursor, Shape? leaving, AttributeModel attribute) =>
        cursor.Shape is { IsImage: true } && leaving is { IsImage: false } ? attribute : cursor.VectorSince;

    private IEnumerable<LayerKind> KindsOf(IEnumerable<AttributeModel> attributes) => attributes.SelectMany(attribute =>
        CompositeCatalogue.Named(attribute.Kind) is { } composite ? composite.Kinds(attribute, this)
        : LayerCatalogue.Named(attribute.Kind) is { } kind ? [kind]
        : []);

    // Blocks within blocks multiply, with layers in them or not.
    private bool IsTooMuch(AttributeModel attribute)
    {
        if (_pieces == Limits.Layers)
            Problems.Report(ProblemIds.TooManyLayers, attribute with { Origin = null }, null, Text.Brief(attribute), Text.Number(Limits.Layers));
        return _pieces++ >= Limits.Layers;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && IsLetter(name[0]) && name.All(letter => IsLetter(letter) || letter is '_' or (>= '0' and <= '9'));

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private Shape? CheckSize(Layer layer)
    {
        long weights = layer.Tensors.Sum(tensor => tensor.Count);
        if (layer.Output.Count > Shape.MaxLength)
        {
            Problems.TooLarge(layer.Attribute, "output", layer.Output.Count, Shape.MaxLength);
            return null;
        }

        long memory = layer.Lowering.LargestMemory;
        if (weights > Limits.Floats)
            Problems.TooLarge(layer.Attribute, "parameters", weights, Limits.Floats);
        else if (memory > Limits.Floats)
            Problems.TooLarge(layer.Attribute, "working memory", memory, Limits.Floats);
        return layer.Output;
    }
}
