using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>What arrives, or what a projection makes of it, added to what a block makes of it (He, Zhang, Ren and Sun, 2016).</summary>
internal sealed class Residual() : CompositeKind("Residual")
{
    private static readonly Lowering Lowering = new()
    {
        Kernel = "Add",
        Forward = [Operand.Length, Operand.Input, Operand.Branch, Operand.Output],
        Infer = [Operand.Length, Operand.Input, Operand.Branch, Operand.Output],
        ForwardInPlace = true,
        SharesGradient = true,
    };

    public override string Keyword => "add";

    public override Cursor Compose(CompositeSite site)
    {
        NameScope names = site.Scope(site.Name(site.BlockName(0)));
        int problems = site.Problems.Count;
        Cursor block = site.PutBlock(0, names, site.Start, Fork.Alone);
        Cursor beside = site.Attribute.Blocks.Count == 1
            ? site.Start
            : site.PutBlock(1, site.Scope(site.Next(site.BlockName(1))), site.Start, Fork.Alone);
        if (site.Problems.Count > problems || block.Shape is not { } shape || beside.Shape is not { } other)
            return block with { Shape = null };
        if (shape == other)
            return site.Join(names.Next("Add"), block, beside, "add", Lowering, Constant.Int("Length", shape.Length));
        string remedy = site.Attribute.Blocks.Count == 1
            ? $"let the block keep the shape, or name a second block that makes {shape} of {site.Start.Shape}, such as a Conv2D with Kernel = 1: [Residual<{site.BlockName(0)}, Projection>]"
            : $"let '{site.BlockName(1)}' make {shape} of {site.Start.Shape}";
        site.Problems.Report(ProblemIds.BranchesDiffer, site.Attribute, null, Text.Brief(site.Attribute), shape.ToString(), other.ToString(), remedy);
        return block;
    }

    public override IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer) => Fork.Alone;

    public override AttributeModel Read(ArchitectureLine line, int fork, int branch, ArchitectureReader reader)
    {
        int block = reader.Block(fork, line.Source);
        return new AttributeModel(Name, default, 0) { Blocks = branch == fork ? EquatableArray.Of(block) : EquatableArray.Of(block, reader.Block(fork, branch)) };
    }
}
