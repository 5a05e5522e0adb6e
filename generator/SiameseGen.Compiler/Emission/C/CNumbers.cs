using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>Writes the constants of a step, in the order of the artifact.</summary>
internal static class CNumbers
{
    /// <summary>Writes them.</summary>
    /// <param name="step">The step.</param>
    public static string Of(CStep step)
    {
        string name = step.Name;
        int[] weights = [.. step.Values.Weights.Select(weight => (int)weight)];
        string[] constants = step.Step.Kind switch
        {
            IntegerKind.Convolution =>
            [
                CText.Array("int8_t", name + "_weights", weights),
                CText.Array("int32_t", name + "_multipliers", step.Values.Multipliers),
                CText.Array("int32_t", name + "_biases", step.Values.Biases),
                Convolution(step),
            ],
            IntegerKind.MaximumPool => [Window(step)],
            IntegerKind.MeanPool => [Window(step), CodesOf(step)],
            IntegerKind.Table => [CText.Array("int8_t", name + "_table", weights)],
            _ => [CodesOf(step)],
        };
        return $"/* {step.Layers}: {CText.Size(step.Step.Layer.Input)} to {CText.Size((step.Pool ?? step.Step).Output)} */\n{string.Join("\n", constants)}";
    }

    private static string Convolution(CStep step) => Invariant($$"""
        static const @_convolution {{step.Name}} = {
            {{Side(step.Step.Down)}}, {{Side(step.Step.Across)}}, /* the kernel, down and across */
            {{Side(step.PoolDown)}}, {{Side(step.PoolAcross)}}, /* the pooling after it */
            {{step.Step.Channels}}, {{step.Step.Filters}}, {{step.Step.Groups}}, /* channels, filters, groups */
            {{Codes(step.Values)}}, {{step.Name}}_weights, {{step.Name}}_multipliers, {{step.Name}}_biases
        };
        """);

    private static string Window(CStep step) =>
        Invariant($"static const @_window {step.Name} = {{ {Side(step.Step.Down)}, {Side(step.Step.Across)}, {step.Step.Channels} }};");

    private static string CodesOf(CStep step) => $"static const @_codes {step.Name}_codes = {Codes(step.Values)};";

    private static string Codes(IntegerStepValues values) => Invariant($"{{ {values.Shift}, {values.Border}, {values.Zero}, {values.Low} }}");

    private static string Side(KernelSide side) => Invariant($"{{ {side.Size}, {side.Taps}, {side.Stride}, {side.Dilation}, {side.Before}, {side.Places} }}");
}
