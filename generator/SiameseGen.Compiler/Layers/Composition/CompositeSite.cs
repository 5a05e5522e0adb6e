using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>Where an attribute stands that means several layers, and the means to put them in.</summary>
/// <param name="composer">Puts layers in.</param>
/// <param name="attribute">The attribute.</param>
/// <param name="scope">Names.</param>
/// <param name="start">What arrives.</param>
/// <param name="following">Kinds of the layers after it.</param>
internal sealed class CompositeSite(
    Composer composer, AttributeModel attribute, NameScope scope, Cursor start, IEnumerable<LayerKind> following)
{
    /// <summary>Puts layers in.</summary>
    public Composer Composer { get; } = composer;

    /// <summary>The attribute.</summary>
    public AttributeModel Attribute { get; } = attribute;

    /// <summary>What arrives.</summary>
    public Cursor Start { get; } = start;

    /// <summary>Kinds of the layers after it.</summary>
    public IEnumerable<LayerKind> Following { get; } = following;

    /// <summary>Where problems are reported.</summary>
    public ProblemList Problems => Composer.Problems;

    /// <summary>The name the user gave, or the next one of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public LayerName Name(string kind) => Composer.NameOf(Attribute, kind, scope);

    /// <summary>The next name of a kind, whatever the user gave.</summary>
    /// <param name="kind">The kind.</param>
    public LayerName Next(string kind) => scope.Next(kind);

    /// <summary>The names within a block.</summary>
    /// <param name="name">The block's own name.</param>
    public NameScope Scope(LayerName name) => scope.Block(name);

    /// <summary>The name of one of the blocks that the attribute names.</summary>
    /// <param name="number">Its position among the type arguments.</param>
    public string BlockName(int number) => Composer.Model.Blocks[Attribute.Blocks[number]].Name;

    /// <summary>Puts in one of the blocks that the attribute names.</summary>
    /// <param name="number">Its position among the type arguments.</param>
    /// <param name="names">The names within it.</param>
    /// <param name="start">What arrives there.</param>
    /// <param name="after">Kinds of the layers after it.</param>
    /// <returns>What leaves.</returns>
    public Cursor PutBlock(int number, NameScope names, Cursor start, IEnumerable<LayerKind> after)
    {
        int index = Attribute.Blocks[number];
        BlockModel block = Composer.Model.Blocks[index];
        if (!block.IsMarked)
        {
            Problems.Report(ProblemIds.NotABlock, Attribute, null, Text.Brief(Attribute), block.Name);
            return start with { Shape = null };
        }

        if (block.IsSpread)
            Problems.Report(ProblemIds.SpreadOverDeclarations, Attribute, null, block.Name);
        IReadOnlyList<AttributeModel> attributes =
            [.. block.Attributes.Select((part, position) => LearningOptions.Inherit(part, Attribute) with
            {
                Index = Attribute.Index,
                Origin = new BlockOrigin(index, position, block.Name),
            })];
        int problems = Problems.Count;
        BlockRules.Check(block.Name, attributes, Attribute, Problems);
        Cursor end = Composer.Put(attributes, names, start, after);
        return Problems.Count == problems ? end : end with { Shape = null };
    }

    /// <summary>Puts in layers that the attribute stands for.</summary>
    /// <param name="parts">Their attributes, from <see cref="Part"/>.</param>
    /// <param name="names">Their names.</param>
    /// <param name="start">What arrives there.</param>
    /// <param name="after">Kinds of the layers after them.</param>
    /// <returns>What leaves.</returns>
    public Cursor Put(IReadOnlyList<AttributeModel> parts, NameScope names, Cursor start, IEnumerable<LayerKind> after) => Composer.Put(parts, names, start, after);

    /// <summary>The attribute of a layer that this one stands for.</summary>
    /// <param name="kind">The layer's kind.</param>
    /// <param name="arguments">Its arguments.</param>
    public AttributeModel Part(string kind, params ArgumentModel[] arguments) =>
        LearningOptions.Inherit(new(kind, new EquatableArray<ArgumentModel>(arguments), Attribute.Index) { Origin = Attribute.Origin, PartOf = Attribute }, Attribute);

    /// <summary>Puts in a layer that joins two branches.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">What it reads.</param>
    /// <param name="second">The other branch.</param>
    /// <param name="architecture">See <see cref="Layer.Architecture"/>.</param>
    /// <param name="operation">What the joining layer computes.</param>
    /// <param name="lowering">What it does.</param>
    /// <param name="constants">Its constants.</param>
    /// <returns>What leaves: the shape of the first.</returns>
    public Cursor Join(LayerName name, Cursor first, Cursor second, string architecture, Operation operation, Lowering lowering, params Constant[] constants) =>
        Composer.Append(
            new Layer
            {
                Attribute = Attribute,
                Name = name.Text,
                ClassName = name.Class,
                Source = first.Layer,
                Branch = second.Layer,
                Fork = Start.Layer,
                Input = first.Shape!.Value,
                Output = first.Shape.Value,
                Architecture = architecture,
                Operation = operation,
                Lowering = lowering,
                Constants = [.. constants, Constant.Int(Operand.ForkLength.Name, Start.Shape!.Value.Length)],
            },
            first);
}
