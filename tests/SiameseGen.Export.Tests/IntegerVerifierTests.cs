using System.Reflection;
using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Export.Integers;
using SiameseGen.Shipping;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Every model that has a form in integers, exported, compiled into one program as verifiers, and compared bit for bit with the plain definition.</summary>
public sealed class IntegerVerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generated_verifiers_give_the_bits_of_the_definition()
    {
        ShippedModel[] models = [.. ShippedModel.Encoders.Select(type => ShippedModel.Of(type, _folder.FullName))];
        Assert.True(models.Length >= 60, $"{models.Length} models have a form in integers.");
        string source = string.Join("\n", models.Select(model => $"[Verifier<{model.Encoder.FullName}>(\"{model.Encoder.Name}.siamese\", Precision = Precision.Int8)] public static partial class {model.Encoder.Name}Verifier;"));
        (string, string)[] artifacts = [.. models.Select(model => (Path.Combine(_folder.FullName, model.Encoder.Name + ".siamese"), model.Text))];
        Assert.Empty(await Generated.AnalyzeAsync(Generated.Project(source), publishing: true, artifacts));
        Compilation project = Generated.WithGenerated(Generated.Project(source), artifacts);
        Assert.Empty(project.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"));
        Assembly assembly = Generated.Load(project);
        foreach (ShippedModel model in models)
            Compare(model, assembly.GetType(model.Encoder.Name + "Verifier")!);
    }

    [Fact]
    public void Texts_of_an_artifact_end_no_comment_and_no_literal()
    {
        const string Evil = "a\rpublic class Injected { } \u0085public class Injected { } \u2028public class Injected { } \"\"\"\"; public class Injected { } \n*/ </code> public class Injected { } //";
        Type type = ShippedModel.Encoders[0];
        ShippedModel model = ShippedModel.Of(type, _folder.FullName);
        using var reader = new StringReader(model.Text);
        Artifact artifact = ArtifactReader.Read(reader) with { Provenance = [new("data " + Evil.Replace(": ", " ", StringComparison.Ordinal), Evil)] };
        using var writer = new StringWriter();
        ArtifactWriter.Write(artifact, writer);
        (string, string) file = (Path.Combine(_folder.FullName, "evil.siamese"), writer.ToString());
        Compilation project = Generated.WithGenerated(Generated.Project($"[Verifier<{type.FullName}>(\"evil.siamese\", Precision = Precision.Int8)] public static partial class EvilVerifier;"), file);
        Assert.Empty(project.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"));
        Assembly assembly = Generated.Load(project);
        Assert.DoesNotContain(assembly.GetTypes(), one => one.Name == "Injected");
        Assert.Contains("Injected", (string)assembly.GetType("EvilVerifier")!.GetField("Summary")!.GetValue(null)!, StringComparison.Ordinal);
    }

    private static void Compare(ShippedModel model, Type verifier)
    {
        int length = ShippedModel.InfoOf(model.Encoder)!.Input.Length;
        var inputs = new Drawings(3, 2, length, 8);
        var encoder = new IntegerEncoder(model.Program, model.Values);
        Enrol enrol = verifier.GetMethod("Enrol", [typeof(ReadOnlySpan<float>), typeof(Span<byte>)])!.MakeBoxed((int)verifier.GetField("WorkspaceLength")!.GetValue(null)!);
        MethodInfo score = verifier.GetMethod("Score")!;
        List<(object Template, sbyte[] Codes)> templates = [];
        for (int i = 0; i < inputs.Count; i++)
        {
            float[] input = new float[length];
            var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
            inputs.Read(i, input, ref random);
            sbyte[] codes = new sbyte[length];
            Int8Input.FromFloats(input, model.Values.InputScale, model.Values.InputZero, codes);
            sbyte[] expected = PlainIntegers.Embed(model.Program, model.Values, codes), ofKernels = new sbyte[expected.Length];
            encoder.Embed(input, ofKernels);
            Assert.Equal(expected, ofKernels);
            object template = enrol(input, out byte[] bytes);
            Assert.Equal(expected, bytes.Select(value => (sbyte)value));
            templates.Add((template, expected));
        }

        foreach ((object left, sbyte[] leftCodes) in templates)
        {
            foreach ((object right, sbyte[] rightCodes) in templates)
                Assert.Equal(PlainIntegers.Score(model.Program.Comparison, model.Values.EmbeddingZero, leftCodes, rightCodes), (int)score.Invoke(null, [left, right])!);
        }
    }
}
