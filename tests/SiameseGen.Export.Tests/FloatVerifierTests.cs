using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Verifiers in floats embed as their encoders do, bit for bit, whatever they are given to work in, and refuse weights that are packed otherwise.</summary>
public sealed class FloatVerifierTests : IDisposable
{
    private const int LargestStack = 64 * 1024;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_encoder_has_a_verifier_of_its_bits()
    {
        ExportedModel[] models = [.. ExportedModel.Encoders.Select(type => ExportedModel.Of(type, Precision.Float32, _folder.FullName))];
        Assert.True(models.Length >= 90, $"There are {models.Length} models.");
        string source = string.Join("\n", ExportedModel.Encoders.Select(type => Declaration(type, Precision.Float32)));
        (string, string)[] artifacts = [.. models.Select(model => (Path.Combine(_folder.FullName, model.Info.Name + ".siamese"), model.Text))];
        Assert.Empty(await Generated.AnalyzeAsync(Generated.Project(source), publishing: true, artifacts));
        Compilation project = Generated.WithGenerated(Generated.Project(source), artifacts);
        Assert.Empty(project.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591"));
        Assembly assembly = Generated.Load(project);
        foreach (ExportedModel model in models)
            Compare(model, assembly.GetType(model.Info.Name + "Verifier")!);
    }

    [Theory]
    [InlineData(typeof(SmallGlyphs))]
    [InlineData(typeof(SmallPatches))]
    [InlineData(typeof(SmallSensors))]
    [InlineData(typeof(ManyFilters))]
    [InlineData(typeof(PlainGroupNorm))]
    public void Halves_embed_as_the_encoder_of_rounded_weights(Type type)
    {
        ExportedModel model = ExportedModel.Of(type, Precision.Float16, _folder.FullName);
        float[] before = model.Embed(model.Inputs().First());
        foreach (ref float value in model.Encoder.Parameters.Values)
            value = (float)(Half)value;
        model.Encoder.Parameters.MarkChanged();
        Compare(model, Load(Declaration(type, Precision.Float16), model).GetType(type.Name + "Verifier")!);
        float scale = before.Max(MathF.Abs);
        Assert.All(before.Zip(model.Embed(model.Inputs().First())), pair => Assert.Equal(pair.First, pair.Second, 0.01f * scale));
    }

    [Fact]
    public void What_does_not_fit_on_the_stack_is_the_callers()
    {
        ExportedModel model = ExportedModel.Of(LargeEncoder.Type, Precision.Float32, _folder.FullName);
        Type verifier = Load($"{LargeEncoder.Source}\n{Declaration(LargeEncoder.Type, Precision.Float32)}", model).GetType("LargeVerifier")!;
        Assert.True(WorkspaceOf(verifier) > LargestStack);
        Compare(model, verifier);
        foreach (MethodInfo method in verifier.GetMethods().Where(method => method.Name is "Enrol" or "Verify" && method.GetParameters().Any(parameter => parameter.ParameterType.Name.StartsWith("ReadOnlySpan", StringComparison.Ordinal))))
            Assert.Contains(method.GetParameters(), parameter => parameter.ParameterType == typeof(Span<byte>));
    }

    [Theory]
    [InlineData(Precision.Float32, true)]
    [InlineData(Precision.Float32, false)]
    [InlineData(Precision.Float16, false)]
    public async Task Weights_that_are_packed_otherwise_or_are_too_few_are_refused_where_they_are_asked_for(Precision precision, bool isPacking)
    {
        using var reader = new StringReader(ExportedModel.Of(typeof(SmallGlyphs), precision, _folder.FullName).Text);
        Artifact artifact = ArtifactReader.Read(reader);
        using var writer = new StringWriter();
        ArtifactWriter.Write(isPacking ? artifact with { Packing = new string('0', 64) } : artifact with { Payload = artifact.Payload[4..] }, writer);
        (string, string) file = (_folder.File("SmallGlyphs.siamese"), writer.ToString());
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Declaration(typeof(SmallGlyphs), precision)), publishing: false, file));
        Assert.Equal("SG0604", diagnostic.Id);
        string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        Assert.Contains(isPacking ? "packed for the kernels of another version" : "bytes of weights where this encoder's take", message, StringComparison.Ordinal);
        Assert.EndsWith("Export it again.", message, StringComparison.Ordinal);
    }

    private static string Declaration(Type encoder, Precision precision) =>
        $"[Verifier<{encoder.FullName}>(\"{encoder.Name}.siamese\", Precision = Precision.{precision})] public static partial class {encoder.Name}Verifier;";

    private static int WorkspaceOf(Type verifier) => (int)verifier.GetField("WorkspaceLength")!.GetValue(null)!;

    private static void Compare(ExportedModel model, Type verifier)
    {
        int length = WorkspaceOf(verifier);
        MethodInfo inWorkspace = verifier.GetMethod("Enrol", [typeof(ReadOnlySpan<float>), typeof(Span<byte>)])!;
        MethodInfo? onStack = verifier.GetMethod("Enrol", [typeof(ReadOnlySpan<float>)]);
        Assert.Equal(length <= LargestStack, onStack is not null);
        List<Enrol> ways = [inWorkspace.MakeBoxed(length), inWorkspace.MakeBoxed(length, garbage: 0xFF)]; // the second is not a number anywhere
        if (onStack is not null)
            ways.Add(onStack.MakeBoxed());
        foreach (float[] input in model.Inputs())
        {
            float[] expected = model.Embed(input);
            foreach (Enrol enrol in ways)
            {
                enrol(input, out byte[] bytes);
                Assert.Equal(MemoryMarshal.AsBytes<float>(expected).ToArray(), bytes);
            }

            Assert.Throws<ArgumentException>(() => inWorkspace.MakeBoxed(length - 1)(input, out _));
        }
    }

    private Assembly Load(string source, ExportedModel model) =>
        Generated.Load(Generated.WithGenerated(Generated.Project(source), (_folder.File(model.Info.Name + ".siamese"), model.Text)));
}
