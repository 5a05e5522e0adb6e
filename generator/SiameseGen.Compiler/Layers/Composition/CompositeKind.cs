using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>
/// One kind of attribute that stands for several layers. A file with a class derived from this, and a line in <see cref="CompositeCatalogue"/>, is all that a new
/// one takes here; planning and emission only see the layers.
/// </summary>
/// <param name="name">The attribute's name without <c>Attribute</c>.</param>
internal abstract class CompositeKind(string name)
{
    /// <summary>The attribute's name without <c>Attribute</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The first word of the line, in an architecture's text, of the layer that joins its branches; null when it has none, and its layers stand for themselves.</summary>
    public virtual string? Keyword => null;

    /// <summary>Puts the layers in.</summary>
    /// <param name="site">The attribute and what arrives.</param>
    /// <returns>Where the model goes on.</returns>
    public abstract Cursor Compose(CompositeSite site);

    /// <summary>The kinds of layers that a layer right before it sees; one whose output several layers read sees <see cref="Fork"/>.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="composer">Knows the blocks.</param>
    public abstract IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer);

    /// <summary>Reads an attribute with a <see cref="Keyword"/> from an architecture's text.</summary>
    /// <param name="line">The line of the layer that joins its branches.</param>
    /// <param name="fork">The number of the line at which they part.</param>
    /// <param name="branch">The number of the last line of the second branch; the first one's is the line's source.</param>
    /// <param name="reader">Reads branches.</param>
    public virtual AttributeModel Read(ArchitectureLine line, int fork, int branch, ArchitectureReader reader) =>
        throw new InvalidOperationException($"{Name} joins no branches.");
}

/// <summary>Stands for what follows a layer whose output several layers read: none of them can take up its work or make its bias useless.</summary>
internal sealed class Fork() : LayerKind("Fork")
{
    /// <summary>The only one.</summary>
    public static LayerKind[] Alone { get; } = [new Fork()];

    public override Layer? Resolve(LayerSite site) => throw new InvalidOperationException("A fork is no layer.");
}
