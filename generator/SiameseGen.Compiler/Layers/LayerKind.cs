using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>One kind of layer. A file with a class derived from this, and a line in <see cref="LayerCatalogue"/>, is all that a new layer takes here.</summary>
/// <param name="name">The attribute's name without <c>Attribute</c>.</param>
internal abstract class LayerKind(string name)
{
    /// <summary>The attribute's name without <c>Attribute</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The first word of its line in an architecture's text; null when it has none, or another kind's.</summary>
    public virtual string? Keyword => Name.ToLowerInvariant();

    /// <summary>Whether it is a rectifier, before which weights start larger.</summary>
    public virtual bool IsRectifier => false;

    /// <summary>Whether it is batch normalisation, before which a bias is of no use.</summary>
    public virtual bool IsBatchNorm => false;

    /// <summary>Checks arguments and the arriving shape, and says what the layer does.</summary>
    /// <param name="site">The attribute, what arrives and what follows.</param>
    /// <returns>The layer, or null when a problem was reported.</returns>
    public abstract Layer? Resolve(LayerSite site);

    /// <summary>Reads what follows the keyword: the inverse of <see cref="Layer.Architecture"/>. What the layers before it tell, such as shapes, may be left unread.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The attribute's arguments.</returns>
    public virtual IEnumerable<ArgumentModel> Read(ArchitectureLine line) => [];
}
