using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Emission;

/// <summary>Names that generated code adds to a user's class, so that the class and its other members need other ones.</summary>
public static class GeneratedNames
{
    /// <summary>The nested type of embeddings.</summary>
    public const string Embedding = "Embedding";

    /// <summary>The nested type of checked inputs.</summary>
    public const string Input = "Input";

    /// <summary>The private class around the layers.</summary>
    internal const string Network = "Network";

    /// <summary>The private field that holds weights and workspaces.</summary>
    internal const string Engine = "_engine";

    /// <summary>
    /// All names for a model, without the constructor that takes an <see cref="int"/>. A user's class may overload <c>Embed</c>, <c>Distance</c>, <c>Similarity</c>,
    /// <c>Save</c> and <c>Load</c> with other parameters.
    /// </summary>
    /// <param name="model">The model.</param>
    public static EquatableArray<string> Of(EncoderModel model)
    {
        string[] names = ["Summary", "Info", "Parameters", "Embed", "Distance", "Similarity", "Save", "Load", Input, Embedding, Network, Engine];
        return model.Attributes.Any(attribute => LossCatalogue.Named(attribute.Kind) is not null) ? EquatableArray.Of([.. names, "Loss"]) : EquatableArray.Of(names);
    }
}
