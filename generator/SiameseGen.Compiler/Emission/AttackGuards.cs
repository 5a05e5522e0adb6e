namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the methods of a verifier that ask a detector of presentation attacks before they compare. Who does not call them links nothing of it.</summary>
internal static class AttackGuards
{
    private const string Detector =
        """
        /// <param name="detector">Is asked first. What it takes for a presentation attack is not compared: the verdict is <see cref="global::SiameseGen.Verification.Verdict.PresentationAttack"/>.</param>
        """;

    /// <summary>Writes them for one type of inputs.</summary>
    /// <param name="type">What inputs are made of.</param>
    /// <param name="what">What an input is, in words.</param>
    /// <param name="missing">The body while there is no artifact; else empty.</param>
    /// <param name="onStack">Whether what the verifier works in may lie on the stack.</param>
    /// <param name="checkInput">Statements that refuse inputs of another length.</param>
    public static IEnumerable<string> Of(string type, string what, string missing, bool onStack, string checkInput)
    {
        if (onStack)
        {
            yield return $$"""
                /// <summary>Whether an input is of the identity of a template, and no presentation attack.</summary>
                /// <param name="enrolled">The template.</param>
                /// <param name="input">{{what}}</param>
                {{Detector}}
                /// <exception cref="global::System.ArgumentException">The input has another length.</exception>
                public static global::SiameseGen.Verification.Decision Verify(in Template enrolled, global::System.ReadOnlySpan<{{type}}> input, global::SiameseGen.Verification.IPresentationAttackDetector<{{type}}> detector){{Body(missing, checkInput, "Verify(enrolled, input)")}}
                """;
        }

        yield return $$"""
            /// <summary>Whether an input is of the identity of a template, and no presentation attack.</summary>
            /// <param name="enrolled">The template.</param>
            /// <param name="input">{{what}}</param>
            /// <param name="workspace">At least <see cref="WorkspaceLength"/> bytes that nobody else uses meanwhile.</param>
            {{Detector}}
            /// <exception cref="global::System.ArgumentException">The input has another length, or the workspace is too small.</exception>
            public static global::SiameseGen.Verification.Decision Verify(
                in Template enrolled, global::System.ReadOnlySpan<{{type}}> input, global::System.Span<byte> workspace, global::SiameseGen.Verification.IPresentationAttackDetector<{{type}}> detector){{Body(missing, checkInput, "Verify(enrolled, input, workspace)")}}
            """;
    }

    private static string Body(string missing, string checkInput, string verify) => missing.Length > 0 ? missing : $$"""

        {
            global::System.ArgumentNullException.ThrowIfNull(detector);
        {{Code.Indent(checkInput, 1)}}
            return detector.IsAttack(input) ? global::SiameseGen.Verification.Decision.OfPresentationAttack(Threshold) : {{verify}};
        }
        """;
}
