using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>Every decision about an encoder's code, before it becomes text.</summary>
/// <param name="Graph">The layers.</param>
/// <param name="Parameters">Where the weights are.</param>
/// <param name="Training">What training does.</param>
/// <param name="Inference">What inference does.</param>
internal sealed record Plan(Graph Graph, ParameterLayout Parameters, TrainingSchedule Training, InferenceSchedule Inference)
{
    /// <summary>Plans a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="problems">Receives a problem when the encoder as a whole is too large.</param>
    /// <returns>The plan, or null when a problem was reported.</returns>
    public static Plan? Of(Graph graph, ProblemList problems)
    {
        var plan = new Plan(graph, ParameterLayout.Of(graph), TrainingPlanner.Plan(graph), InferencePlanner.Plan(graph));
        (string What, long Size)[] sizes =
        [
            ("parameters", plan.Parameters.ParameterCount + plan.Parameters.StateCount),
            ("prepared weights", plan.Inference.PreparedLength),
            ("activations of one item", plan.Training.Memory.ArenaLength),
            ("statistics", plan.Training.StatisticsLength),
        ];
        foreach ((string what, long size) in sizes.Where(entry => entry.Size > Limits.Floats).Take(1))
            problems.TooLarge(null, what, size, Limits.Floats);
        BudgetRules.Check(plan, problems);
        return problems.Count == 0 ? plan : null;
    }
}
