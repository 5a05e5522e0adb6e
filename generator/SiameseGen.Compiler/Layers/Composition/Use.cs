using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>A block's layers, once.</summary>
internal sealed class Use() : CompositeKind("Use")
{
    public override Cursor Compose(CompositeSite site) =>
        site.PutBlock(0, site.Scope(site.Name(site.BlockName(0))), site.Start, site.Following);

    public override IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer) => composer.KindsOfBlock(attribute.Blocks[0]);
}
