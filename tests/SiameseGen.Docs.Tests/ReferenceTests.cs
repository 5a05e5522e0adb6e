using Xunit;

namespace SiameseGen.Docs.Tests;

/// <summary>Whoever adds an attribute finds out here that its documentation is missing.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> InputsAndLayers() => NamesOf(typeof(InputAttribute), typeof(LayerAttribute));

    public static TheoryData<string> Losses() => NamesOf(typeof(LossAttribute));

    [Theory]
    [MemberData(nameof(InputsAndLayers))]
    public void Every_input_and_layer_has_a_heading(string name) => Assert.Contains($"### {name}\n", Page("layers.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Every_loss_has_a_heading(string name) => Assert.Contains($"### {name}\n", Page("losses.md"), StringComparison.Ordinal);

    private static TheoryData<string> NamesOf(params Type[] bases) =>
    [
        .. typeof(EncoderAttribute).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && bases.Any(type.IsSubclassOf))
            .Select(type => type.Name.Split('`')[0][..^nameof(Attribute).Length])
            .Distinct(),
    ];

    private static string Page(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", name)).ReplaceLineEndings("\n");
}
