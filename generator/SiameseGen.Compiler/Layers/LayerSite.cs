using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>Where a layer stands: its attribute, what arrives, what follows. Checks report at the attribute.</summary>
/// <param name="attribute">The layer's attribute.</param>
/// <param name="name">What the layer is called.</param>
/// <param name="position">0 for the model's first layer.</param>
/// <param name="arriving">What arrives; null when a problem before leaves it unknown.</param>
/// <param name="vectorSince">The attribute that made a vector of the image, or of the features' input.</param>
/// <param name="following">Kinds of the layers after this one, as far as they read nothing else.</param>
/// <param name="problems">Receives problems.</param>
internal sealed class LayerSite(
    AttributeModel attribute, LayerName name, int position, Shape? arriving, AttributeModel? vectorSince, IEnumerable<LayerKind> following,
    ProblemList problems)
{
    private static readonly string[] Initializers =
        ["Zeros", "Ones", "HeUniform", "GlorotUniform", "LeCunUniform", "HeNormal", "GlorotNormal", "LeCunNormal"];

    /// <summary>The layer's attribute.</summary>
    public AttributeModel Attribute { get; } = attribute;

    /// <summary>0 for the model's first layer.</summary>
    public int Position { get; } = position;

    /// <summary>Where problems are reported.</summary>
    public ProblemList Problems { get; } = problems;

    /// <summary>What arrives; null when a problem before leaves it unknown.</summary>
    public Shape? Arriving { get; } = arriving;

    /// <summary>
    /// What leaves, if it is known: the shape that arrives unless a layer that could not be resolved says otherwise. It lets the layers after a
    /// problem be checked.
    /// </summary>
    public Shape? Leaving { get; set; }

    /// <summary>Whether batch normalisation follows right away.</summary>
    public bool BatchNormFollows => following.FirstOrDefault() is { IsBatchNorm: true };

    /// <summary>How weights start: as the attribute says, or larger when a rectifier follows, be it after batch normalisation.</summary>
    public string WeightInitializer =>
        Attribute.Has("Initializer") ? Problems.Member(Attribute, "Initializer", "Initializer", Initializers) is { } set ? Initializers[set] : Initializers[0]
        : following.SkipWhile(kind => kind.IsBatchNorm).FirstOrDefault() is { IsRectifier: true } ? "HeUniform" : "GlorotUniform";

    /// <summary>What arrives if it is an image; else null, and a problem is reported unless there was one before.</summary>
    public Shape? ArrivingImage()
    {
        if (Arriving is not { IsImage: false } vector)
            return Arriving;
        string remedy = vectorSince switch
        {
            null => "remove it",
            { Kind: "Features" } => "declare the input as [Image(height, width)] or remove the layer",
            _ => $"move it before {Text.Brief(vectorSince)} or remove it",
        };
        Problems.Report(ProblemIds.NeedsImage, Attribute, null, Text.Brief(Attribute), vector.ToString(), remedy);
        return null;
    }

    /// <summary>What arrives if it is a vector; else null, and a problem is reported unless there was one before.</summary>
    public Shape? ArrivingVector()
    {
        if (Arriving is not { IsImage: true } image)
            return Arriving;
        Problems.Report(ProblemIds.NeedsFlatten, Attribute, null, Text.Brief(Attribute), image.ToString(), Text.Number(image.Count));
        return null;
    }

    /// <summary>Makes the layer.</summary>
    /// <param name="output">What leaves.</param>
    /// <param name="architecture">See <see cref="Layer.Architecture"/>.</param>
    /// <param name="lowering">What it does.</param>
    public Layer Make(Shape output, string architecture, Lowering lowering) => new()
    {
        Attribute = Attribute,
        Name = name.Text,
        ClassName = name.Class,
        Input = Arriving!.Value,
        Output = output,
        Architecture = architecture,
        Lowering = lowering,
    };
}
