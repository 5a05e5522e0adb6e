using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using SiameseGen.Compiler.Planning;
using SiameseGen.Generator.Tests.Gradients;
using SiameseGen.Models;
using SiameseGen.Onnx.Kernels;
using Xunit;
using Project = SiameseGen.Generator.Tests.Roslyn.Project;

namespace SiameseGen.Onnx.Tests;

/// <summary>
/// Exported encoders embed in ONNX Runtime as they do here: every encoder of tests/Models, which have every layer there is, and random ones. A layer whose kernel has no
/// form in ONNX fails here. <c>SIAMESEGEN_ONNX_SEED</c> draws others.
/// </summary>
public class ModelTests
{
    private const int Count = 100;

    private static readonly Type[] Encoders =
        [.. typeof(SmallGlyphs).Assembly.GetTypes().Where(type => type.GetCustomAttribute<EncoderAttribute>() is not null).OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly string[] Declarations =
        [.. RandomDeclarations.Make(Count, int.Parse(Environment.GetEnvironmentVariable("SIAMESEGEN_ONNX_SEED") ?? "21", CultureInfo.InvariantCulture))];

    private static int _still;

    private static readonly Lazy<Assembly> Compiled = new(Compile);

    public static TheoryData<string> Names => [.. Encoders.Select(type => type.Name)];

    public static TheoryData<int, string> Random => [.. Declarations.Select((declaration, number) => (number, declaration))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_embeds_in_the_runtime_as_here(string name) =>
        Assert.True(OnnxRun.AssertAgrees(Encoders.Single(type => type.Name == name), seed: 1));

    [Theory]
    [MemberData(nameof(Random))]
    public void A_random_model_embeds_in_the_runtime_as_here(int number, string declaration)
    {
        Assert.Equal(Declarations[number], declaration);

        // Rectifiers may be dead in some of them; in most they are not.
        if (!OnnxRun.AssertAgrees(Compiled.Value.GetType($"Encoder{number}", throwOnError: true)!, number))
            Assert.InRange(Interlocked.Increment(ref _still), 1, Count / 20);
    }

    [Fact]
    public void Every_form_is_that_of_a_kernel_which_a_model_calls()
    {
        HashSet<string> called = [.. Encoders.SelectMany(type => KernelsOf((EncoderInfo)type.GetProperty("Info")!.GetValue(null)!))];
        Assert.Equal(called.Order(StringComparer.Ordinal), KernelCatalogue.All.SelectMany(form => form.Kernels).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> KernelsOf(EncoderInfo info)
    {
        Compiler.Model.EncoderModel model = ArchitectureText.Read(info.Architecture);
        Graph graph = GraphBuilder.Build(model, new Compiler.Layers.ProblemList(model))!;
        return graph.Layers.Where(layer => layer.Lowering.Infers).Select(layer => (layer.Lowering.Inference ?? layer.Lowering).Kernel);
    }

    private static Assembly Compile()
    {
        Compilation project = Project.WithGenerated(Project.Of([.. Declarations.Select((declaration, number) => $"{declaration}\npublic partial class Encoder{number};")]));
        using var stream = new MemoryStream();
        EmitResult result = project.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return Assembly.Load(stream.ToArray());
    }
}
