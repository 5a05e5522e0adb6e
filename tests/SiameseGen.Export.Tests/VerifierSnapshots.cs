using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Testing;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What is generated of a verifier, with an artifact and without.</summary>
public sealed class VerifierSnapshots
{
    private const string Declared =
        """
        [Verifier<Measured>("measured.siamese", Precision = Precision.Int8)]
        public static partial class MeasuredVerifier;

        [Encoder, Features(4), Dense(2)]
        public partial class Measured;
        """;

    [Fact]
    public void Verifier_of_integers()
    {
        using var text = new StringWriter { NewLine = "\n" };
        ArtifactWriter.Write(ArtifactTests.Example(), text);
        Snapshot.Verify(Written(("/project/measured.siamese", text.ToString())), extension: "cs");
    }

    [Fact]
    public void Verifier_without_artifact() => Snapshot.Verify(Written(), extension: "cs");

    private static string Written(params (string, string)[] artifacts) =>
        Generated.WithGenerated(Generated.Project(Declared), artifacts).SyntaxTrees.Single(tree => Path.GetFileName(tree.FilePath).StartsWith("MeasuredVerifier", StringComparison.Ordinal)).ToString();
}
