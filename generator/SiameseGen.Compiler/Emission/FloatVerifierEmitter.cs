using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes what of a verifier depends on its weights being floats: the encoder's own layers embed, with weights that are constants and in memory of the caller's.</summary>
internal static class FloatVerifierEmitter
{
    // More than the plan's floats take, so that they can begin where a line of the cache does, wherever the workspace lies.
    private const int Slack = 64;

    private const string Memory = "global::System.Runtime.InteropServices.MemoryMarshal.";

    /// <summary>Writes it.</summary>
    /// <param name="graph">The encoder.</param>
    /// <param name="schedule">What its inference does.</param>
    /// <param name="artifact">The artifact; null when there is none yet.</param>
    /// <param name="metric">The member of <c>DistanceMetric</c>.</param>
    public static VerifierBody Of(Graph graph, InferenceSchedule schedule, Artifact? artifact, string metric)
    {
        Shape input = graph.Input;
        string order = input.IsImage ? Invariant($"An image of {input}, row by row, the channels of a pixel next to each other") : Invariant($"{input} features");
        const string read = "return Network.Run(input, workspace);";
        (string, string, string)[] inputs = input.IsImage
            ? [("byte", $"{order}: 8-bit pixels, which stand for 0…1.", read), ("float", $"{order}.", read)]
            : [("float", $"{order}.", read)];
        string distance = $$"""
            /// <summary>The distance of two templates, as the encoder's own.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static global::SiameseGen.Distance Distance(in Template left, in Template right) =>
                {{(artifact is null ? VerifierEmitter.Missing : $"new(global::SiameseGen.Distances.Between(global::SiameseGen.DistanceMetric.{metric}, left.Values, right.Values))")}};
            """;
        long workspace = (4 * (schedule.Memory.ArenaLength + schedule.SingleScratchLength)) + Slack;
        return new VerifierBody("float", 4, workspace, inputs, [distance], Decision, artifact is null ? "" : Network(graph.Model, schedule, inputs.Select(one => one.Item1), artifact));
    }

    private const string Decision =
        """

        {
            global::SiameseGen.Distance distance = Distance(enrolled, claimed);
            global::SiameseGen.Verification.Verdict verdict =
                distance <= Threshold ? global::SiameseGen.Verification.Verdict.Match
                : distance <= UnsureUntil ? global::SiameseGen.Verification.Verdict.Unsure
                : global::SiameseGen.Verification.Verdict.NoMatch;
            return new(verdict, 0, distance, Threshold);
        }
        """;

    private static string Network(EncoderModel model, InferenceSchedule schedule, IEnumerable<string> types, Artifact artifact)
    {
        string encoder = EncoderEmitter.FullName(model);
        IEnumerable<string> runs = types.Select(type => $$"""
            internal static Template Run(global::System.ReadOnlySpan<{{type}}> input, global::System.Span<byte> workspace)
            {
                Template template = default;
                global::SiameseGen.Shipping.FloatEmbedder.Embed<{{encoder}}>(
                    new global::SiameseGen.InferencePlan({{InfoEmitter.Inference(schedule, schedule.SingleScratchLength)}}),
                    Weights, input, workspace, template);
                return template;
            }
            """);
        bool isPacked = artifact.Precision == ArtifactPrecision.Float32;
        string weights = isPacked
            ? $"private static global::System.ReadOnlySpan<float> Weights => {Memory}Cast<ulong, float>(Words)[..{Text.Number(artifact.Payload.Length / 4)}];"
            : $$"""
                // Widened, folded and packed once, at first use: what half the size costs.
                private static readonly global::SiameseGen.AlignedBuffer<float> Prepared =
                    global::SiameseGen.Shipping.FloatWeights.Prepare<{{encoder}}>({{Memory}}AsBytes(Words)[..{{Text.Number(artifact.Payload.Length)}}]);

                private static global::System.ReadOnlySpan<float> Weights => Prepared.Span;
                """;
        string words = VerifierEmitter.Words(artifact.Payload, isPacked ? "weights, folded and packed, as floats of 32 bits" : "weights, as they were trained, as floats of 16 bits");
        return $$"""
            // The encoder's own layers, with all weights as constants of the assembly.
            [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
            private static class Network
            {
            {{Code.Indent(Code.Blocks([.. runs, weights, words]), 1)}}
            }
            """;
    }
}
