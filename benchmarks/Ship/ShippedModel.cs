using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>The sample's artifact.</summary>
internal static class ShippedModel
{
    /// <summary>Its text.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(ShippedBuilds.Root, "samples", "TinyVerifier", "App", "glyphs.siamese"));

    /// <summary>What it says.</summary>
    public static Artifact Artifact { get; } = Read(Text);

    /// <summary>Its steps in integers.</summary>
    public static IntegerProgram Program { get; } = Plan();

    /// <summary>Reads an artifact.</summary>
    /// <param name="text">Its text.</param>
    public static Artifact Read(string text)
    {
        using var reader = new StringReader(text);
        return ArtifactReader.Read(reader);
    }

    private static IntegerProgram Plan()
    {
        Compiler.Model.EncoderModel model = ArchitectureText.Read(string.Join("; ", Artifact.Architecture), Artifact.Encoder);
        Graph graph = EncoderCompiler.Plan(model, new ProblemList(model))!.Graph;
        return IntegerPlanner.Plan(graph, Artifact.Distance, out string? problem) ?? throw new InvalidOperationException(problem);
    }
}
