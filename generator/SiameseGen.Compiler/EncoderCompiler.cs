using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler;

/// <summary>Compiles models: model → graph with shapes → plan → text.</summary>
public static class EncoderCompiler
{
    /// <summary>Compiles one model.</summary>
    /// <param name="model">What the user declared.</param>
    /// <returns>The generated code, or what is wrong with the model.</returns>
    public static CompilationResult Compile(EncoderModel model)
    {
        var problems = new ProblemList(model);
        Plan? plan = Plan(model, problems);
        string hintName = HintNames.Of(model);
        return plan is null
            ? new CompilationResult(problems.All, hintName, null, null) { Skeleton = SkeletonEmitter.Of(model) }
            : new CompilationResult(default, hintName, EncoderEmitter.Of(plan), PlanText.Of(plan));
    }

    /// <summary>Writes the generated part of a block, whatever is wrong with it.</summary>
    /// <param name="model">A model whose attributes are the block's.</param>
    public static CompilationResult CompileBlock(EncoderModel model) => new(default, HintNames.Of(model), BlockEmitter.Of(model), null);

    /// <summary>What is wrong with a model, without what its blocks show themselves; of one without mistakes, what is hardly meant.</summary>
    /// <param name="model">What the user declared.</param>
    public static EquatableArray<Problem> ProblemsOf(EncoderModel model)
    {
        var problems = new ProblemList(model);
        if (Plan(model, problems) is { } plan)
            MarginAdvice.Check(plan.Graph, problems);
        return BlockRules.Unshown(problems.All, model);
    }

    /// <summary>What is wrong with a block, whatever arrives there, without what blocks in it show themselves.</summary>
    /// <param name="model">A model whose attributes are the block's.</param>
    public static EquatableArray<Problem> ProblemsOfBlock(EncoderModel model) => BlockRules.Unshown(BlockRules.Check(model), model);

    /// <summary>The batch structures that a loss accepts, as members of <c>BatchStructure</c>; empty where only the loss itself knows.</summary>
    /// <param name="loss">The attribute's name without <c>Attribute</c>.</param>
    public static IReadOnlyList<string> BatchesOf(string loss) => LossCatalogue.Named(loss)?.Accepts ?? [];

    /// <summary>Compiles one model up to its plan.</summary>
    /// <param name="model">What the user declared.</param>
    /// <param name="problems">Receives what is wrong with it.</param>
    /// <returns>The plan, or null when there are problems.</returns>
    internal static Plan? Plan(EncoderModel model, ProblemList problems) =>
        GraphBuilder.Build(model, problems) is { } graph ? Planning.Plan.Of(graph, problems) : null;
}
