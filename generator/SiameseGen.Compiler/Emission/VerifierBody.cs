namespace SiameseGen.Compiler.Emission;

/// <summary>What of a verifier's code depends on how its weights are kept.</summary>
/// <param name="Code">The type of one value of a template.</param>
/// <param name="CodeBytes">Its bytes.</param>
/// <param name="WorkspaceLength">Bytes to work in.</param>
/// <param name="Inputs">The types of values of inputs: C# type, its description, and statements that make a template of <c>input</c> in <c>workspace</c>.</param>
/// <param name="Comparison">Members that compare templates.</param>
/// <param name="Decision">The body of <c>Verify</c> of two templates.</param>
/// <param name="Network">The private class with weights and layers.</param>
internal sealed record VerifierBody(
    string Code, int CodeBytes, long WorkspaceLength, IReadOnlyList<(string Type, string Description, string Read)> Inputs, IReadOnlyList<string> Comparison, string Decision, string Network);
