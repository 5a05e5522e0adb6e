using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Layers.Composition;
using SiameseGen.Compiler.Losses;
using SiameseGen.Docs.Tests;
using SiameseGen.Losses;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Generator.Tests;

/// <summary>Whoever adds an input, a layer, a loss or a distance finds out here what is still missing.</summary>
public class CompletenessTests
{
    private static readonly string[] Models = [.. AttributesOfModels()];

    public static TheoryData<string> Inputs => NamesOf<InputAttribute>();

    public static TheoryData<string> Layers => NamesOf<LayerAttribute>();

    // A loss of the user's own has no formula of ours.
    public static TheoryData<string> Losses => [.. NamesOf<LossAttribute>().Select(row => row.Data).Where(name => name != "Loss")];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_has_all_that_belongs_to_it(string name)
    {
        Assert.True(
            LayerCatalogue.Named(name) is not null || CompositeCatalogue.Named(name) is not null, $"{name} is neither in {nameof(LayerCatalogue)} nor in {nameof(CompositeCatalogue)}.");
        AssertFile($"{name} has no snapshot.", "tests", "SiameseGen.Generator.Tests", "Snapshots", $"LayerSnapshots.Layer_{name}.verified.cs");
        Assert.True(Named(ReferenceBuilder.Kinds, name), $"{name} has no reference in {nameof(ReferenceBuilder)}.");
        AssertModel(name);
        AssertHeading(name, "layers.md");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_has_all_that_belongs_to_it(string name)
    {
        Assert.True(LossCatalogue.Named(name) is not null, $"{name} is not in {nameof(LossCatalogue)}.");
        Assert.True(Named(ReferenceCase.Losses, name), $"{name} has no reference in {nameof(ReferenceCase)}.");
        AssertModel(name);
        if (typeof(LossAttribute).Assembly.GetType($"SiameseGen.{name}Attribute", throwOnError: true)!.GetProperty("Distance") is not null)
        {
            foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>().Where(metric => Takes(name, metric)))
                AssertModel(name, $"DistanceMetric.{metric}");
        }

        AssertHeading(name, "losses.md");
    }

    // The analyzer warns of what the runtime refuses, and of nothing else.
    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss_accepts_the_same_batches_at_both_times(string name)
    {
        EmbeddingLoss loss = Make(name);
        Assert.Equal(
            Enum.GetValues<BatchStructure>().Where(loss.Accepts).Select(structure => structure.ToString()).Order(StringComparer.Ordinal),
            LossCatalogue.Named(name)!.Accepts.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_input_has_all_that_belongs_to_it(string name)
    {
        AssertSampleModel(name);
        AssertModel(name);
        AssertHeading(name, "layers.md");
    }

    [Fact]
    public void The_catalogues_hold_nothing_without_an_attribute()
    {
        Assert.Equal(Sorted(Layers), LayerCatalogue.All.Select(kind => kind.Name).Concat(CompositeCatalogue.All.Select(kind => kind.Name)).Order(StringComparer.Ordinal));
        Assert.Equal(Sorted(Losses), LossCatalogue.All.Select(kind => kind.Name).Where(name => name != "Loss").Order(StringComparer.Ordinal));
    }

    private static EmbeddingLoss Make(string name, DistanceMetric? distance = null)
    {
        Type type = typeof(EmbeddingLoss).Assembly.GetType($"SiameseGen.Losses.{name}", throwOnError: true)!;
        System.Reflection.ConstructorInfo constructor = type.GetConstructors().Single();
        object?[] arguments =
            [.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(DistanceMetric) && distance is { } chosen ? chosen : parameter.DefaultValue is DBNull ? 1f : parameter.DefaultValue)];
        return (EmbeddingLoss)constructor.Invoke(System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static bool Takes(string name, DistanceMetric metric)
    {
        try
        {
            return Make(name, metric).Distance == metric;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static TheoryData<string> NamesOf<TAttribute>() =>
    [
        .. typeof(EncoderAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(TAttribute)) && !type.IsAbstract)
            .Select(type => type.Name.Split('`')[0][..^nameof(Attribute).Length])
            .Distinct(),
    ];

    private static IEnumerable<string> Sorted(TheoryData<string> names) => names.Select(row => row.Data).Order(StringComparer.Ordinal);

    private static bool Named(IEnumerable<Type> kinds, string name) => kinds.Any(kind => kind.Name.Split('`')[0] == name + nameof(Attribute));

    // Each of these encoders is a gradient case of tests/SiameseGen.Models.Tests.
    private static void AssertModel(string name, string argument = "") => Assert.True(
        Models.Any(attribute => attribute.Split('(', '<')[0] == name && attribute.Contains(argument, StringComparison.Ordinal)),
        $"No encoder in tests/Models has {name}({argument}), so its gradient is not checked through generated code.");

    private static void AssertSampleModel(string name)
    {
        string model = SampleModels.All.FirstOrDefault(model => Attributes(model.Value).Any(attribute => attribute.Split('(', '<')[0] == name)).Key;
        Assert.True(model is not null, $"No sample model has {name}, so it has no snapshot.");
        AssertFile($"{model} has no snapshot.", "tests", "SiameseGen.Generator.Tests", "Snapshots", $"ModelSnapshots.File_of_{model}.verified.cs");
    }

    private static void AssertHeading(string name, string page) => Assert.True(
        File.ReadLines(Path.Combine(Repository.Root, "docs", "reference", page)).Contains($"### {name}"), $"{name} has no heading in docs/reference/{page}.");

    private static void AssertFile(string message, params string[] path) => Assert.True(File.Exists(Path.Combine([Repository.Root, .. path])), message);

    private static IEnumerable<string> AttributesOfModels() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Models", "Models"), "*.cs").SelectMany(path => Attributes(File.ReadAllText(path)));

    private static IEnumerable<string> Attributes(string source)
    {
        string file = source.Contains("class", StringComparison.Ordinal) ? source : source + " class C;";
        return SyntaxFactory.ParseCompilationUnit(file).DescendantNodes().OfType<AttributeSyntax>().Select(attribute => attribute.ToString());
    }
}
