using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>What the C of a verifier does, in order, and where it keeps what.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Integers">The encoder in integers.</param>
/// <param name="InputScale">What one code of the input stands for.</param>
/// <param name="InputZero">The input's code for 0.</param>
/// <param name="EmbeddingZero">The template's code for 0.</param>
/// <param name="Steps">The steps; the last one writes the template.</param>
/// <param name="ScratchLength">Bytes that the steps work in.</param>
internal sealed record CProgram(
    Artifact Artifact, IntegerProgram Integers, float InputScale, int InputZero, int EmbeddingZero, IReadOnlyList<CStep> Steps, long ScratchLength)
{
    /// <summary>
    /// Plans the C. Memory is scarce on a microcontroller, so maximum pooling whose windows do not overlap becomes part of the convolution before it, whose own result is then
    /// never there as a whole, and what works value by value writes over what it reads.
    /// </summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="program">The encoder in integers. Its values get new places.</param>
    /// <param name="values">Its numbers.</param>
    public static CProgram Plan(Artifact artifact, IntegerProgram program, IntegerValues values)
    {
        List<CStep> steps = [];
        for (int i = 0; i < program.Steps.Count; i++)
        {
            var step = new CStep(program.Steps[i], values.Steps[i]);
            if (i + 1 < program.Steps.Count && TakesUp(program, program.Steps[i], program.Steps[i + 1]))
                step = step with { Pool = program.Steps[++i] };
            steps.Add(step with { Patch = step.PatchLength == 0 ? null : new MemoryValue("patch", step.PatchLength) });
        }

        List<MemoryStep> moments = steps.Count == 0 ? [] : [new MemoryStep("input", [], [program.Input])];
        moments.AddRange(steps.Select(step => Moment(program, step)));
        return new CProgram(artifact, program, values.InputScale, values.InputZero, values.EmbeddingZero, steps, Math.Max(1, MemoryPlanner.Plan(moments).ArenaLength));
    }

    private static bool TakesUp(IntegerProgram program, IntegerStep step, IntegerStep next) =>
        step.Kind == IntegerKind.Convolution && next.Kind == IntegerKind.MaximumPool
        && next.Source == step.Result && program.Steps.Count(other => other.Source == step.Result || other.Branch == step.Result) == 1
        && next.Down.Size == step.Down.Places && next.Across.Size == step.Across.Places
        && next.Down.Stride >= next.Down.Taps && next.Across.Stride >= next.Across.Taps;

    private static MemoryStep Moment(IntegerProgram program, CStep step)
    {
        MemoryValue[] reads = step.Step.Branch is { } branch ? [step.Step.Source, branch] : [step.Step.Source];
        MemoryValue[] patch = step.Patch is { } value ? [value] : [];
        bool isTemplate = step.Result == program.Embedding;
        return new MemoryStep(step.Step.Layer.Name, reads, isTemplate ? patch : [step.Result, .. patch], !isTemplate && step.IsByValue ? reads : []);
    }
}
