using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>Writes the source file: the functions that some layer needs, the numbers of each layer, and a call for each.</summary>
internal static class CSource
{
    /// <summary>Writes it.</summary>
    /// <param name="program">The program.</param>
    public static string Of(CProgram program) => Code.Blocks(
    [
        CText.Comment(CSummary.Of(program)) + "\n#include \"@.h\"\n#include <string.h>",
        CCommon.Of(program.Steps),
        CConvolution.Of(program.Steps),
        CPools.Of(program.Steps),
        CElements.Of(program.Steps),
        .. program.Steps.Select(CNumbers.Of),
        program.Steps.Count == 0 ? "" : Network(program),
        CInput.Of(program),
        CComparison.Of(program),
    ]);

    private static string Network(CProgram program) => $$"""
        /* From the input's codes, which are in their place, to the template. */
        static void @_run(int8_t *codes, int8_t *template_)
        {
        {{Code.Indent(string.Join("\n", program.Steps.Select(step => Call(program, step))), 1)}}
        }
        """;

    private static string Call(CProgram program, CStep step)
    {
        string input = Invariant($"codes + {step.Step.Source.Offset}"), output = step.Result == program.Integers.Embedding ? "template_" : Invariant($"codes + {step.Result.Offset}");
        string branch = step.Step.Branch is { } other ? Invariant($"codes + {other.Offset}") : "", name = step.Name;
        string[] multipliers = [.. step.Values.Multipliers.Select(CText.Number)], biases = [.. step.Values.Biases.Select(CText.Number)];
        return step.Step.Kind switch
        {
            IntegerKind.Convolution => $"@_convolve(&{name}, {input}, {output}, {(step.Patch is { } patch ? Invariant($"codes + {patch.Offset}") : "0")});",
            IntegerKind.MaximumPool => $"@_maximum(&{name}, {input}, {output});",
            IntegerKind.MeanPool => $"@_mean(&{name}, &{name}_codes, {multipliers[0]}, {biases[0]}, {input}, {output});",
            IntegerKind.Sum => Invariant($"@_add(&{name}_codes, {multipliers[0]}, {multipliers[1]}, {biases[0]}, {input}, {branch}, {output}, {step.Result.Length});"),
            IntegerKind.ChannelProduct => Invariant($"@_multiply(&{name}_codes, {multipliers[0]}, {biases[0]}, {biases[1]}, {input}, {branch}, {output}, {step.Result.Length}, {step.Step.Branch!.Length});"),
            _ => Invariant($"@_map({name}_table, {step.Step.Filters}, {input}, {output}, {step.Result.Length});"),
        };
    }
}
