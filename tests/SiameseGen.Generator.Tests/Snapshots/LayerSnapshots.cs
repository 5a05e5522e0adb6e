using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Layers.Composition;
using SiameseGen.Compiler.Planning;
using SiameseGen.Testing;
using Xunit;

namespace SiameseGen.Generator.Tests.Snapshots;

/// <summary>The generated class of every kind of layer, with its plan in a minimal model.</summary>
public class LayerSnapshots
{
    private static readonly Dictionary<string, string> Models = new()
    {
        ["Conv2D"] = "[Image(6, 5, Channels = 3), Conv2D(4, Kernel = 2, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, Flatten]",
        ["Conv2D_grouped"] = "[Image(6, 5, Channels = 4), Conv2D(6, KernelHeight = 2, Dilation = 2, Groups = 2, Pad = 1, PadLeft = 0), BatchNorm, ReLU, MaxPool2D(2, 1), Flatten]",
        ["DepthwiseConv2D"] = "[Image(6, 5, Channels = 3), DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Flatten]",
        ["Dense"] = "[Features(6), Dense(4), Tanh]",
        ["BatchNorm"] = "[Features(6), BatchNorm(Epsilon = 0.001f, Momentum = 0.25f), L2Normalize]",
        ["LayerNorm"] = "[Image(5, 5), Conv2D(4), LayerNorm, Flatten]",
        ["GroupNorm"] = "[Image(5, 5), Conv2D(4), GroupNorm(2), Flatten]",
        ["GlobalMaxPool"] = "[Image(5, 5), Conv2D(2), GlobalMaxPool]",
        ["GeMPool"] = "[Image(5, 5), Conv2D(2), ReLU, GeMPool(Power = 2f)]",
        ["SpatialDropout"] = "[Image(5, 5), Conv2D(2), SpatialDropout(0.25f), Flatten]",
        ["Rescale"] = "[Image(5, 5), Rescale(2f, Offset = -1f), Flatten, Dense(4)]",
        ["Standardize"] = "[Image(5, 5), Standardize(0.5f, 0.25f), Flatten, Dense(4)]",
        ["Invert"] = "[Image(5, 5), Invert, Flatten, Dense(4)]",
        ["ReLU"] = "[Features(6), Dense(4), Dropout(0.5f), L2Normalize, ReLU]",
        ["LeakyReLU"] = "[Features(6), Dense(4), LeakyReLU(Slope = 0.2f)]",
        ["PReLU"] = "[Image(5, 5), Conv2D(2), PReLU, Flatten]",
        ["ELU"] = "[Features(6), Dense(4), ELU(Alpha = 0.5f)]",
        ["GELU"] = "[Features(6), Dense(4), GELU(Approximation = GELUApproximation.Tanh)]",
        ["SiLU"] = "[Features(6), Dense(4), SiLU]",
        ["HardSwish"] = "[Features(6), Dense(4), HardSwish]",
        ["Softplus"] = "[Features(6), Dense(4), Softplus]",
        ["Sigmoid"] = "[Features(6), Dense(4), Sigmoid]",
        ["Tanh"] = "[Features(6), Dense(4), Tanh]",
        ["MaxPool2D"] = "[Image(5, 5), Conv2D(2), MaxPool2D(2, Stride = 1), Flatten]",
        ["AvgPool2D"] = "[Image(5, 5), Conv2D(2), AvgPool2D(2), Flatten]",
        ["GlobalAvgPool"] = "[Image(5, 5), Conv2D(2), GlobalAvgPool]",
        ["Dropout"] = "[Features(6), Dense(4), Dropout(0.25f)]",
        ["Flatten"] = "[Image(5, 5), Conv2D(2), Flatten, Dense(4)]",
        ["L2Normalize"] = "[Features(6), Dense(4), L2Normalize]",
        ["Use"] = "[Block, Dense(4), BatchNorm, ReLU] class Stage; [Features(6), Use<Stage>, Use<Stage>(Name = \"head\")]",
        ["Repeat"] = "[Block, Dense(6), ReLU] class Stage; [Features(6), Repeat<Stage>(2), Dense(4)]",
        ["Residual"] = "[Block, Dense(6), ReLU, Dense(6)] class Body; [Features(6), Dense(6), Residual<Body>, ReLU, Dense(4)]",
        ["SeparableConv2D"] = "[Image(6, 5, Channels = 3), SeparableConv2D(4, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, Flatten]",
        ["SqueezeExcite"] = "[Image(5, 5), Conv2D(8), SqueezeExcite(4), Flatten]",
    };

    public static TheoryData<string> Kinds => [.. LayerCatalogue.All.Select(kind => kind.Name), .. CompositeCatalogue.All.Select(kind => kind.Name), "Conv2D_grouped"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Layer(string kind)
    {
        Assert.True(Models.TryGetValue(kind, out string? attributes), $"Give {kind} a minimal model here, so that its code has a snapshot.");
        Plan plan = Compiled.Plan(attributes);
        IEnumerable<Layer> layers = LayerCatalogue.Named(kind.Split('_')[0]) is null ? plan.Graph.Layers : [plan.Graph.Layers.Last(layer => layer.Attribute.Kind == kind.Split('_')[0])];
        string text = Code.Blocks([$"// {attributes}", .. layers.Select(layer => LayerEmitter.Of(plan, layer)), Code.Prefix(PlanText.Of(plan).TrimEnd(), "// ")]);
        Snapshot.Verify(text + "\n", kind, "cs");
    }
}
