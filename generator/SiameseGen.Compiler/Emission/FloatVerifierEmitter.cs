using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes what of a verifier depends on its weights being floats: the encoder itself embeds, with weights that are constants.</summary>
internal static class FloatVerifierEmitter
{
    /// <summary>Writes it.</summary>
    /// <param name="graph">The encoder.</param>
    /// <param name="artifact">The artifact; null when there is none yet.</param>
    /// <param name="metric">The member of <c>DistanceMetric</c>.</param>
    public static VerifierBody Of(Graph graph, Artifact? artifact, string metric)
    {
        EncoderModel encoder = graph.Model;
        Shape input = graph.Input;
        string order = input.IsImage ? Invariant($"An image of {input}, row by row, the channels of a pixel next to each other") : Invariant($"{input} features");
        (string, string, string)[] inputs = input.IsImage
            ? [("byte", $"{order}: 8-bit pixels, which stand for 0…1.", "return Network.Run(input);"), ("float", $"{order}.", "return Network.Run(input);")]
            : [("float", $"{order}.", "return Network.Run(input);")];
        string distance = $$"""
            /// <summary>The distance of two templates, as the encoder's own.</summary>
            /// <param name="left">A template.</param>
            /// <param name="right">Another.</param>
            public static global::SiameseGen.Distance Distance(in Template left, in Template right) =>
                {{(artifact is null ? VerifierEmitter.Missing : $"new(global::SiameseGen.Distances.Between(global::SiameseGen.DistanceMetric.{metric}, left.Values, right.Values))")}};
            """;
        return new VerifierBody("float", 4, 0, inputs, [distance], Decision, artifact is null ? "" : Network(EncoderEmitter.FullName(encoder), inputs.Select(one => one.Item1), artifact));
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

    private static string Network(string encoder, IEnumerable<string> types, Artifact artifact)
    {
        IEnumerable<string> runs = types.Select(type => $$"""
            internal static Template Run(global::System.ReadOnlySpan<{{type}}> input)
            {
                Template template = default;
                Engine.Embed(input, template);
                return template;
            }
            """);
        string isHalf = artifact.Precision == ArtifactPrecision.Float16 ? "true" : "false";
        return $$"""
            // The encoder with all weights as constants of the assembly; they are folded and packed once, when the first input is embedded.
            [global::System.CodeDom.Compiler.GeneratedCode("SiameseGen", null)]
            private static class Network
            {
                private static readonly global::SiameseGen.EncoderEngine<{{encoder}}> Engine =
                    global::SiameseGen.Shipping.FloatWeights.Load<{{encoder}}>(global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(Words)[..{{Text.Number(artifact.Payload.Length)}}], isHalf: {{isHalf}});

            {{Code.Indent(Code.Blocks([.. runs, VerifierEmitter.Words(artifact.Payload)]), 1)}}
            }
            """;
    }
}
