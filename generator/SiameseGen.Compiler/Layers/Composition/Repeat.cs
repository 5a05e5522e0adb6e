using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>A block's layers several times, each with weights of its own.</summary>
internal sealed class Repeat() : CompositeKind("Repeat")
{
    public override Cursor Compose(CompositeSite site)
    {
        Cursor cursor = site.Start;
        if (site.Problems.Size(site.Attribute, "times", 0, Limits.Repetitions) is not { } times)
            return cursor with { Shape = null };
        string kind = site.Composer.GivenName(site.Attribute) ?? site.BlockName(0);

        // What is wrong in one would be wrong in all.
        int problems = site.Problems.Count;
        for (int i = 0; i < times && site.Problems.Count == problems; i++)
        {
            bool isLast = i == times - 1;
            cursor = site.PutBlock(0, site.Scope(site.Next(kind)), cursor, isLast ? site.Following : Kinds(site.Attribute, site.Composer));
        }

        return cursor;
    }

    public override IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer) => composer.KindsOfBlock(attribute.Blocks[0]);
}
