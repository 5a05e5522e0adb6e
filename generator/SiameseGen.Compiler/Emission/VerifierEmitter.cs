using System.Globalization;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the part of a verifier that does not depend on how weights are kept: what it says about itself, templates, enrolment and verification.</summary>
internal static class VerifierEmitter
{
    // What may lie on the stack; more has to be given by the caller.
    private const int LargestStack = 64 * 1024;

    /// <summary>Writes the file.</summary>
    /// <param name="model">What the user declared.</param>
    /// <param name="graph">The encoder.</param>
    /// <param name="artifact">The artifact; null when there is none yet.</param>
    /// <param name="body">What depends on how weights are kept.</param>
    public static string Of(VerifierModel model, Graph graph, Artifact? artifact, VerifierBody body)
    {
        string name = Code.Identifier(model.Name);
        string head = artifact is null
            ? $"The part of {model.AsClass.MetadataName} that SiameseGen wrote. There is no artifact '{Code.OneLine(model.Artifact)}' yet: train first, and export one."
            : $"The part of {model.AsClass.MetadataName} that SiameseGen wrote from '{Code.OneLine(model.Artifact)}'.\n\n{Summary(graph, artifact, body)}";
        string[] members =
        [
            Description(graph, artifact, body),
            Enrolment(graph, artifact, body),
            Verification(graph, artifact, body),
            TemplateEmitter.Of(model.Name, graph.EmbeddingLength, body.Code),
            artifact is null ? "" : body.Network,
        ];
        string allocation = artifact?.Precision == ArtifactPrecision.Float16 ? "nothing is allocated but, at first use, memory for the weights as floats of 32 bits" : "nothing is allocated";
        string documentation = model.IsDocumented ? "" : Invariant($$"""
            /// <summary>Verifies {{Input(graph)}} with the weights of <c>{{graph.Model.Name}}</c> that are compiled in. Safe from several threads; {{allocation}}.</summary>
            {{(artifact is null ? "" : $"/// <remarks>\n/// <code>\n{Code.Prefix(Code.Normalize(Xml(Summary(graph, artifact, body))), "/// ")}\n/// </code>\n/// </remarks>\n")}}
            """);
        string type = $"{documentation.TrimEnd('\n')}{(documentation.Length == 0 ? "" : "\n")}partial class {name}\n{{\n{Code.Indent(Code.Blocks(members), 1)}\n}}";
        return EncoderEmitter.File(model.AsClass, head, type, artifact is null ? Untrained(model) : "");
    }

    // The build looks for this in what it is about to publish, however it was told to publish, and whether or not analyzers ran.
    private static string Untrained(VerifierModel model) => $"[assembly: global::System.Reflection.AssemblyMetadata(\"SiameseGen.Untrained\", \"{model.AsClass.MetadataName}\")]";

    private static string Input(Graph graph) => graph.Input.IsImage ? $"images of {graph.Input}" : $"{graph.Input} features";

    private static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Summary(Graph graph, Artifact artifact, VerifierBody body)
    {
        ArtifactCalibration calibration = artifact.Calibration;
        List<string> lines =
        [
            Invariant($"encoder      {artifact.Encoder}, {artifact.Precision}, {artifact.Payload.Length} bytes of weights"),
            Invariant($"input        {graph.Input}"),
            Invariant($"template     {graph.EmbeddingLength * body.CodeBytes} bytes"),
            Invariant($"workspace    {body.WorkspaceLength} bytes"),
            Invariant($"threshold    {calibration.Threshold} for {calibration.Target}"),
            $"FMR          {Rate(calibration.FalseMatchRate)} in {Text.Number(calibration.ImpostorTrials)} trials",
            $"FNMR         {Rate(calibration.FalseNonMatchRate)} in {Text.Number(calibration.GenuineTrials)} trials",
            $"protocol     {calibration.Protocol}",
            .. artifact.Provenance.Select(origin => $"{origin.Key,-12} {origin.Value}"),
        ];
        return string.Join("\n", lines.Select(Code.OneLine));
    }

    private static string Rate(ArtifactRate rate) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.####} % ({1:0.####} to {2:0.####} %)", 100 * rate.Value, 100 * rate.Low, 100 * rate.High);

    private static string Description(Graph graph, Artifact? artifact, VerifierBody body) => Code.Blocks(
    [
        Literal(artifact is null ? "There is no artifact yet: train first." : Summary(graph, artifact, body)),
        Invariant($$"""
        /// <summary>What templates are bound to: SHA-256 of the encoder's architecture and the weights.</summary>
        public const string Model = "{{(artifact is null ? "" : ModelOf(artifact))}}";

        /// <summary>Values of one input: {{Input(graph)}}.</summary>
        public const int InputLength = {{graph.Input.Length}};

        /// <summary>Bytes that enrolment and verification need to work in.</summary>
        public const int WorkspaceLength = {{body.WorkspaceLength}};
        """),
        $$"""
        /// <summary>Templates up to this distance match.</summary>
        public static global::SiameseGen.Distance Threshold => {{Limit(artifact?.Calibration.Threshold)}};

        /// <summary>Templates beyond this distance do not; between the two a verdict is unsure.</summary>
        public static global::SiameseGen.Distance UnsureUntil => {{Limit(artifact?.Calibration.UnsureUntil)}};
        """,
    ]);

    private static string Limit(float? distance) => distance is { } known ? $"new({Single(known)})" : Missing;

    private static string Literal(string summary)
    {
        string quotes = Code.Quotes(summary);
        return $$"""
            /// <summary>What is compiled in, how well it decides, and where it comes from.</summary>
            public const string Summary =
                {{quotes}}
            {{Code.Indent(summary, 1)}}
                {{quotes}};
            """;
    }

    /// <summary>What templates of an artifact's weights are bound to.</summary>
    /// <param name="artifact">The artifact.</param>
    public static string ModelOf(Artifact artifact)
    {
        using var hash = System.Security.Cryptography.SHA256.Create();
        return Fingerprint.Of(artifact.Fingerprint + ArtifactText.Hex(hash.ComputeHash(artifact.Payload)));
    }

    private static string Enrolment(Graph graph, Artifact? artifact, VerifierBody body)
    {
        bool onStack = body.WorkspaceLength <= LargestStack;
        List<string> members = [];
        foreach ((string type, string what, string read) in body.Inputs)
        {
            if (onStack)
            {
                members.Add($$"""
                    /// <summary>Makes a template of an input.</summary>
                    /// <param name="input">{{what}}</param>
                    /// <exception cref="global::System.ArgumentException">The input has another length.</exception>
                    public static Template Enrol(global::System.ReadOnlySpan<{{type}}> input) =>
                        {{(artifact is null ? Missing : "Enrol(input, stackalloc byte[WorkspaceLength])")}};
                    """);
            }

            members.Add($$"""
                /// <summary>Makes a template of an input.</summary>
                /// <param name="input">{{what}}</param>
                /// <param name="workspace">At least <see cref="WorkspaceLength"/> bytes that nobody else uses meanwhile; their content does not matter.</param>
                /// <exception cref="global::System.ArgumentException">The input has another length, or the workspace is too small.</exception>
                public static Template Enrol(global::System.ReadOnlySpan<{{type}}> input, global::System.Span<byte> workspace){{(artifact is null ? $" => {Missing};" : $$"""

                {
                {{Code.Indent(CheckInput, 1)}}
                    if (workspace.Length < WorkspaceLength)
                        throw new global::System.ArgumentException($"The verifier needs a workspace of {WorkspaceLength} bytes; this one has {workspace.Length}.", nameof(workspace));
                {{Code.Indent(read, 1)}}
                }
                """)}}
                """);
        }

        return Code.Blocks(members);
    }

    private const string CheckInput =
        """
        if (input.Length != InputLength)
            throw new global::System.ArgumentException($"The verifier takes inputs of {InputLength} values; this one has {input.Length}.", nameof(input));
        """;

    /// <summary>What members do that need weights while there are none.</summary>
    public const string Missing = "throw new global::System.InvalidOperationException(\"There is no trained model yet: train first, and export an artifact.\")";

    private static string Verification(Graph graph, Artifact? artifact, VerifierBody body)
    {
        bool onStack = body.WorkspaceLength <= LargestStack;
        List<string> members =
        [
            .. body.Comparison,
            $$"""
            /// <summary>Whether two templates are of one identity.</summary>
            /// <param name="enrolled">A template.</param>
            /// <param name="claimed">Another.</param>
            public static global::SiameseGen.Verification.Decision Verify(in Template enrolled, in Template claimed){{(artifact is null ? $" => {Missing};" : body.Decision)}}
            """,
        ];
        foreach ((string type, string what, _) in body.Inputs)
        {
            if (onStack)
            {
                members.Add($$"""
                    /// <summary>Whether an input is of the identity of a template.</summary>
                    /// <param name="enrolled">The template.</param>
                    /// <param name="input">{{what}}</param>
                    /// <exception cref="global::System.ArgumentException">The input has another length.</exception>
                    public static global::SiameseGen.Verification.Decision Verify(in Template enrolled, global::System.ReadOnlySpan<{{type}}> input) =>
                        Verify(enrolled, Enrol(input));
                    """);
            }

            members.AddRange(AttackGuards.Of(type, what, artifact is null ? $" => {Missing};" : "", onStack, CheckInput));
            members.Add($$"""
                /// <summary>Whether an input is of the identity of a template.</summary>
                /// <param name="enrolled">The template.</param>
                /// <param name="input">{{what}}</param>
                /// <param name="workspace">At least <see cref="WorkspaceLength"/> bytes that nobody else uses meanwhile.</param>
                /// <exception cref="global::System.ArgumentException">The input has another length, or the workspace is too small.</exception>
                public static global::SiameseGen.Verification.Decision Verify(in Template enrolled, global::System.ReadOnlySpan<{{type}}> input, global::System.Span<byte> workspace) =>
                    Verify(enrolled, Enrol(input, workspace));
                """);
        }

        return Code.Blocks(members.Append(Probability(artifact?.Calibration)));
    }

    private static string Probability(ArtifactCalibration? calibration) => Invariant($$"""
        /// <summary>How likely it is that two templates of a distance are of one identity, from 0 to 1, if pairs of one identity are as frequent as pairs of two: measured on the calibration data, the same on every machine. Decisions are made on the distance.</summary>
        /// <param name="distance">The distance, such as that of a decision.</param>
        public static global::SiameseGen.Verification.SimilarityScore Probability(global::SiameseGen.Distance distance) =>
            {{(calibration is null ? Missing : $"new global::SiameseGen.Verification.LogisticScore(Slope: {Double(calibration.ScoreSlope)}, Offset: {Double(calibration.ScoreOffset)}).Of(distance)")}};
        """);

    // All digits that it takes to read the same number back.
    private static string Double(double value) => double.IsInfinity(value) ? value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity" : value.ToString("G17", CultureInfo.InvariantCulture) + "d";

    /// <summary>A float as C# writes it.</summary>
    /// <param name="value">The float.</param>
    public static string Single(float value) => float.IsInfinity(value) ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity" : Text.Literal(value);

    /// <summary>Constant bytes, as the words that a compiler reads fastest.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="what">What they are, in words.</param>
    public static string Words(byte[] bytes, string what)
    {
        const int perLine = 8;
        var text = new System.Text.StringBuilder();
        byte[] padded = new byte[(bytes.Length + 7) / 8 * 8];
        bytes.CopyTo(padded, 0);
        for (int at = 0; at < padded.Length; at += 8)
        {
            text.Append(at % (8 * perLine) == 0 ? at == 0 ? "    " : "\n    " : " ");
            text.Append("0x").Append(BitConverter.ToUInt64(padded, at).ToString("x", CultureInfo.InvariantCulture)).Append(',');
        }

        return $$"""
            // {{Text.Number(bytes.Length)}} bytes of {{what}}, eight to a word, the first one lowest.
            private static global::System.ReadOnlySpan<ulong> Words =>
            [
            {{text}}
            ];
            """;
    }
}
