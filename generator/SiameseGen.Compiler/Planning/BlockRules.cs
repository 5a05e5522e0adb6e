using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Layers.Composition;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Planning;

/// <summary>What a class must be so that it can be put into a model as a block.</summary>
internal static class BlockRules
{
    /// <summary>Whether an attribute is a layer, or stands for several.</summary>
    /// <param name="attribute">The attribute.</param>
    public static bool IsLayer(AttributeModel attribute) =>
        LayerCatalogue.Named(attribute.Kind) is not null || CompositeCatalogue.Named(attribute.Kind) is not null;

    /// <summary>Finds what is wrong with a block, whatever arrives there.</summary>
    /// <param name="model">A model whose attributes are the block's.</param>
    public static EquatableArray<Problem> Check(EncoderModel model)
    {
        var problems = new ProblemList(model);
        Check(model.Name, model.Attributes, null, problems);
        if (!ReportCycles(model, problems))
            new Composer(model, problems).Put(model.Attributes, new NameScope(), new Cursor(Graph.InputIndex, null, null), []);
        return problems.All;
    }

    /// <summary>Leaves out what a block of the same project shows at its own attributes.</summary>
    /// <param name="problems">The problems of a model.</param>
    /// <param name="model">The model.</param>
    public static EquatableArray<Problem> Unshown(EquatableArray<Problem> problems, EncoderModel model) => problems
        .Where(problem => problem.Origin is not { } origin || !model.Blocks[origin.Block].IsInSource || !IsShown(problem.Id, origin, model))
        .Distinct()
        .ToEquatableArray();

    private static bool IsShown(string id, BlockOrigin origin, EncoderModel model) =>
        Check(model with { Name = origin.Name, Attributes = model.Blocks[origin.Block].Attributes, Problems = default })
            .Any(problem => problem.Id == id && problem.Attribute == origin.Attribute && problem.Origin is null);

    /// <summary>Checks that a block has layers, and nothing else.</summary>
    /// <param name="block">Its name.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="user">The attribute that puts it in; null for the block's own class.</param>
    /// <param name="problems">Receives problems.</param>
    public static void Check(string block, IEnumerable<AttributeModel> attributes, AttributeModel? user, ProblemList problems)
    {
        if (!attributes.Any(IsLayer))
            problems.Report(ProblemIds.EmptyBlock, user, null, block);
        foreach (AttributeModel other in attributes.Where(attribute => InputKind.Named(attribute.Kind) is not null || LossCatalogue.Named(attribute.Kind) is not null))
            problems.Report(ProblemIds.NoPartOfBlock, other, null, block, Text.Brief(other with { Origin = null }));
    }

    /// <summary>Reports attributes that lead to a block within itself.</summary>
    /// <param name="model">The model.</param>
    /// <param name="problems">Receives problems.</param>
    /// <returns>Whether there are any.</returns>
    public static bool ReportCycles(EncoderModel model, ProblemList problems)
    {
        HashSet<int> harmless = [];
        bool any = false;
        foreach (AttributeModel attribute in model.Attributes)
        {
            List<int> way = [];
            if (!attribute.Blocks.Any(block => LeadsRound(model, block, way, harmless)))
                continue;
            any = true;
            IEnumerable<int> round = way.Skip(way.IndexOf(way[way.Count - 1]));
            problems.Report(
                ProblemIds.BlockCycle, attribute, null, Text.Brief(attribute), string.Join(" → ", round.Select(block => model.Blocks[block].Name)));
        }

        return any;
    }

    // Leaves the way to the block that came up again. A block that was followed to its ends once need not be followed again.
    private static bool LeadsRound(EncoderModel model, int block, List<int> way, HashSet<int> harmless)
    {
        if (harmless.Contains(block))
            return false;
        bool isAgain = way.Contains(block);
        way.Add(block);
        if (isAgain || model.Blocks[block].Attributes.Any(attribute => attribute.Blocks.Any(next => LeadsRound(model, next, way, harmless))))
            return true;
        way.RemoveAt(way.Count - 1);
        harmless.Add(block);
        return false;
    }
}
