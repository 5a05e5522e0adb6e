using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes what of a verifier depends on its weights being 8-bit integers.</summary>
internal static class IntegerVerifierEmitter
{
    private const string Shipping = "global::SiameseGen.Shipping.";

    /// <summary>Writes it.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="values">Their numbers; null when there is no artifact yet.</param>
    /// <param name="calibration">The threshold; null likewise.</param>
    public static VerifierBody Of(IntegerProgram program, IntegerValues? values, ArtifactCalibration? calibration)
    {
        long arena = program.Memory.ArenaLength;
        int scratch = program.Steps.Select(ScratchLength).DefaultIfEmpty().Max();
        return new VerifierBody(
            "sbyte", 1, arena + (2 * scratch), Inputs(program, values), Comparison(program, values), calibration is null ? "" : Decision(calibration),
            values is null ? "" : Network(program, values, arena, scratch));
    }

    private static List<(string Type, string Description, string Read)> Inputs(IntegerProgram program, IntegerValues? values)
    {
        Shape input = program.Graph.Input;
        string codes = Invariant($"global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(workspace.Slice({program.Input.Offset}, InputLength))");
        string rest = "\nreturn Network.Run(workspace);";
        string floats = values is null ? "" : Invariant($"{Shipping}Int8Input.FromFloats(input, {VerifierEmitter.Single(values.InputScale)}, {values.InputZero}, {codes});{rest}");
        string order = input.IsImage ? Invariant($"An image of {input}, row by row, the channels of a pixel next to each other") : Invariant($"{input} features");
        return input.IsImage
            ? [("byte", $"{order}: 8-bit pixels, which stand for 0…1.", $"{Shipping}Int8Input.FromBytes(input, {codes});{rest}"), ("float", $"{order}: values of 0…1.", floats)]
            : [("float", $"{order}.", floats)];
    }

    private static string[] Comparison(IntegerProgram program, IntegerValues? values)
    {
        (string score, string meaning) = program.Comparison switch
        {
            IntegerComparison.Cosine => ($"Cosine(left.Values, right.Values, {values?.EmbeddingZero})", "2^15 times 1 less the cosine of their angle: 0 to 2^16"),
            IntegerComparison.SquaredEuclidean => ("SquaredEuclidean(left.Values, right.Values)", "the sum of the squares of their differences"),
            _ => ("Manhattan(left.Values, right.Values)", "the sum of their differences"),
        };
        return
        [
            $$"""
            /// <summary>How far apart two templates are, as a whole number that is the same on every machine: {{meaning}}.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static int Score(in Template left, in Template right) => {{(values is null ? VerifierEmitter.Missing : $"{Shipping}Int8Comparison.{score}")}};

            /// <summary>The distance of two templates, as the encoder's own, but for the rounding of 8-bit integers.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static global::SiameseGen.Distance Distance(in Template left, in Template right) => {{(values is null ? VerifierEmitter.Missing : "DistanceOf(Score(left, right))")}};
            """,
            values is null ? "" : $"private static global::SiameseGen.Distance DistanceOf(int score) => new({DistanceOf(program, VerifierEmitter.Single(values.EmbeddingScale))});",
        ];
    }

    private static string DistanceOf(IntegerProgram program, string scale) => (program.Comparison, program.Metric) switch
    {
        (IntegerComparison.Cosine, "Euclidean") => "global::System.MathF.Sqrt(score / 16384f)",
        (IntegerComparison.Cosine, "SquaredEuclidean") => "score / 16384f",
        (IntegerComparison.Cosine, _) => "score / 32768f",
        (IntegerComparison.SquaredEuclidean, "Euclidean") => $"{scale} * global::System.MathF.Sqrt(score)",
        (IntegerComparison.SquaredEuclidean, _) => $"{scale} * {scale} * score",
        _ => $"{scale} * score",
    };

    private static string Decision(ArtifactCalibration calibration) => Invariant($$"""

        {
            // Decided in whole numbers; the distance is for people.
            int score = Score(enrolled, claimed);
            global::SiameseGen.Verification.Verdict verdict =
                score <= {{calibration.ThresholdScore}} ? global::SiameseGen.Verification.Verdict.Match
                : score <= {{calibration.UnsureUntilScore}} ? global::SiameseGen.Verification.Verdict.Unsure
                : global::SiameseGen.Verification.Verdict.NoMatch;
            return new(verdict, score, DistanceOf(score), Threshold);
        }
        """);

    private static string Network(IntegerProgram program, IntegerValues values, long arena, int scratch)
    {
        List<string> calls = [];
        List<byte> packed = [];
        for (int i = 0; i < program.Steps.Count; i++)
        {
            IntegerStep step = program.Steps[i];
            byte[] numbers = IntegerPacking.Of(step, values.Steps[i]);
            string slice = Invariant($"weights.Slice({packed.Count}, {numbers.Length})");
            packed.AddRange(numbers);
            while (packed.Count % 8 != 0)
                packed.Add(0);
            string fused = string.Concat(step.Layers.Skip(1).Select(layer => $", {layer.Name}"));
            calls.Add($"// {step.Layer.Name}{fused}: {step.Layer.Input} → {step.Output}\n{Call(step, values.Steps[i], slice)}");
        }

        MemoryValue embedding = program.Embedding;
        return $$"""
            // The layers, with all weights as constants of the assembly.
            [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
            private static class Network
            {
                internal static Template Run(global::System.Span<byte> workspace)
                {
                    global::System.ReadOnlySpan<byte> weights = global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(Words);
                    global::System.Span<sbyte> codes = global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(workspace);
            {{(scratch == 0 ? "" : Invariant($"        global::System.Span<short> scratch = global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(workspace.Slice({arena}, {2 * scratch}));"))}}

            {{Code.Indent(string.Join("\n", calls), 2)}}
                    return Template.From(workspace.Slice({{Text.Number(embedding.Offset)}}, {{Text.Number(embedding.Length)}}));
                }

            {{Code.Indent(VerifierEmitter.Words([.. packed], "weights, folded and packed"), 1)}}
            }
            """;
    }

    private static string Call(IntegerStep step, IntegerStepValues values, string numbers)
    {
        string input = Codes(step.Source), output = Codes(step.Result);
        string scaling = Invariant($"new(Shift: {values.Shift}, Border: {values.Border}, Zero: {values.Zero}, Low: {values.Low})");
        return step.Kind switch
        {
            IntegerKind.Convolution => $"{Shipping}Int8Convolution.Infer(\n    {Convolution(step)},\n    {scaling}, {numbers}, {input}, {output}, {(ScratchLength(step) == 0 ? "default" : "scratch")});",
            IntegerKind.MaximumPool => $"{Shipping}Int8Pool.Maximum({Pool(step)}, {input}, {output});",
            IntegerKind.MeanPool => Invariant($"{Shipping}Int8Pool.Mean(\n    {Pool(step)},\n    {scaling}, multiplier: {values.Multipliers[0]}, bias: {values.Biases[0]}, {input}, {output});"),
            IntegerKind.Sum => Invariant($"{Shipping}Int8Elements.Sum(\n    {scaling}, leftMultiplier: {values.Multipliers[0]}, rightMultiplier: {values.Multipliers[1]}, bias: {values.Biases[0]}, {input}, {Codes(step.Branch!)}, {output});"),
            IntegerKind.ChannelProduct => Invariant($"{Shipping}Int8Elements.ChannelProduct(\n    {scaling}, multiplier: {values.Multipliers[0]}, inputBias: {values.Biases[0]}, gateBias: {values.Biases[1]}, {input}, {Codes(step.Branch!)}, {output});"),
            _ => $"{Shipping}Int8Elements.Table({numbers}, channels: {Text.Number(step.Filters)}, {input}, {output});",
        };
    }

    private static string Codes(MemoryValue value) => Invariant($"codes.Slice({value.Offset}, {value.Length})");

    private static string Convolution(IntegerStep step) =>
        Invariant($"new(Height: {step.Down.Size}, Width: {step.Across.Size}, Channels: {step.Channels}, Filters: {step.Filters}, KernelHeight: {step.Down.Taps}, KernelWidth: {step.Across.Taps}, ")
        + Invariant($"Stride: {step.Down.Stride}, Dilation: {step.Down.Dilation}, PadTop: {step.Down.Before}, PadLeft: {step.Across.Before}, OutputHeight: {step.Down.Places}, OutputWidth: {step.Across.Places}, Groups: {step.Groups})");

    private static string Pool(IntegerStep step) =>
        Invariant($"new(Height: {step.Down.Size}, Width: {step.Across.Size}, Channels: {step.Channels}, WindowHeight: {step.Down.Taps}, WindowWidth: {step.Across.Taps}, ")
        + Invariant($"StrideDown: {step.Down.Stride}, StrideAcross: {step.Across.Stride}, PadTop: {step.Down.Before}, PadLeft: {step.Across.Before}, OutputHeight: {step.Down.Places}, OutputWidth: {step.Across.Places})");

    // As the runtime's Int8Convolution.ScratchLength: six rows of products, rounded up to pairs.
    private static int ScratchLength(IntegerStep step) => step.Kind == IntegerKind.Convolution && !step.IsDepthwise ? 6 * ((step.Depth + 1) & ~1) : 0;
}
