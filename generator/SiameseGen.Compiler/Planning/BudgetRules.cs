using System.Globalization;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Planning;

/// <summary>Compares what an encoder takes with the budgets of its <c>[Encoder]</c>, for teams who count kilobytes.</summary>
internal static class BudgetRules
{
    /// <summary>Reports budgets that are exceeded, each with the layer that takes most of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="problems">Receives problems.</param>
    public static void Check(Plan plan, ProblemList problems)
    {
        Graph graph = plan.Graph;
        InferenceSchedule inference = plan.Inference;
        Compare("MaxParameters", "parameters", plan.Parameters.ParameterCount, ParametersOf);
        Compare("MaxMultiplyAdds", "multiply-adds", graph.MultiplyAdds, layer => layer.MultiplyAdds);
        Compare(
            "MaxWorkspaceBytes", "bytes of working memory", 4 * (inference.Memory.ArenaLength + inference.ScratchLength),
            layer => inference.Steps.Where(step => ReferenceEquals(step.Layer, layer)).Sum(step => step.Layer.Input.Count + step.Output.Count));

        void Compare(string budget, string what, long needed, Func<Layer, long> share)
        {
            if (graph.Model.Budgets.FirstOrDefault(argument => argument.Name == budget) is not { } argument
                || Convert.ToInt64(argument.Value, CultureInfo.InvariantCulture) is var allowed && needed <= allowed)
            {
                return;
            }

            Layer largest = graph.Layers.OrderByDescending(share).First();
            problems.Report(ProblemIds.OverBudget, null, budget, graph.Model.Name, Text.Number(needed), what, Text.Number(allowed), largest.Name, Text.Brief(largest.Attribute));
        }
    }

    private static long ParametersOf(Layer layer) => layer.Tensors.Where(tensor => tensor.IsTrainable).Sum(tensor => tensor.Count);
}
