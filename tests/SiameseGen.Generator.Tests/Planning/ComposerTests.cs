using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>How blocks become layers.</summary>
public class ComposerTests
{
    [Theory]
    [InlineData("[Block, Dense(4), ReLU] class A; [Features(4), Use<A>, Use<A>, Dense(4)]", "a1.dense1 a1.relu1 a2.dense1 a2.relu1 dense1")]
    [InlineData("[Block, Dense(4)] class A; [Block, Use<A>, Use<A>] class B; [Features(4), Repeat<B>(2)]", "b1.a1.dense1 b1.a2.dense1 b2.a1.dense1 b2.a2.dense1")]
    [InlineData("[Block, Dense(4)] class A; [Features(4), Repeat<A>(2, Name = \"stage\"), Dense(3, Name = \"head\"), Dense(2)]", "stage1.dense1 stage2.dense1 head dense1")]
    [InlineData("[Block, Dense(4)] class Dense; [Features(4), Use<Dense>, Dense(3)]", "dense1.dense1 dense2")]
    [InlineData("[Block, Dense(4)] class A; [Block, Dense(4)] class a; [Features(4), Use<A>, Use<a>]", "a1.dense1 a2.dense1")]
    [InlineData("[Features(4), Dense(3, Name = \"dense1\"), Dense(2)]", "dense1 dense2")]
    [InlineData("[Block, Dense(4)] class A; [Block, Dense(4)] class P; [Features(3), Residual<A, P>(Name = \"wide\")]", "wide.dense1 p1.dense1 wide.add1")]
    [InlineData("[Image(4, 4), SqueezeExcite, Flatten]", "squeezeexcite1.globalavgpool1 squeezeexcite1.dense1 squeezeexcite1.relu1 squeezeexcite1.dense2 squeezeexcite1.sigmoid1 squeezeexcite1.channelscale1 flatten1")]
    public void Layers_are_named_after_the_blocks_around_them(string attributes, string names)
    {
        IReadOnlyList<Layer> layers = Compiled.Plan(attributes).Graph.Layers;
        Assert.Equal(names, string.Join(' ', layers.Select(layer => layer.Name)));
        Assert.Distinct(layers.Select(layer => layer.ClassName));
    }

    // A user's own underscores could make two paths of blocks look like one.
    [Fact]
    public void No_two_generated_classes_have_one_name() =>
        Assert.Distinct(Compiled.Plan("[Block, Dense(4)] class A; [Block, Use<A>] class B; [Block, Dense(4)] class B1_A; [Features(4), Use<B>, Use<B1_A>]")
            .Graph.Layers.Select(layer => layer.ClassName));

    [Theory]
    [InlineData("[Block, Dense(4)] class A; [Features(4), Use<A>, BatchNorm]", "a1.dense1", false)]
    [InlineData("[Block, Dense(4)] class A; [Block, BatchNorm] class B; [Features(4), Use<A>, Repeat<B>(2)]", "a1.dense1", false)]
    [InlineData("[Block, BatchNorm, Dense(4)] class A; [Features(4), Repeat<A>(2), Dense(3)]", "a1.dense1", false)]
    [InlineData("[Block, BatchNorm, Dense(4)] class A; [Features(4), Repeat<A>(2), Dense(3)]", "a2.dense1", true)]
    [InlineData("[Block, BatchNorm, Dense(4)] class A; [Features(4), Dense(4), Residual<A>]", "dense1", true)]
    [InlineData("[Block, ReLU, Dense(4)] class A; [Features(4), Residual<A>, BatchNorm]", "a1.dense1", true)]
    [InlineData("[Image(4, 4), SeparableConv2D(4), BatchNorm, Flatten]", "separableconv2d1.conv2d1", false)]
    [InlineData("[Image(4, 4), SeparableConv2D(4), Flatten]", "separableconv2d1.conv2d1", true)]
    [InlineData("[Image(4, 4), SeparableConv2D(4), Flatten]", "separableconv2d1.depthwiseconv2d1", false)]
    public void A_bias_is_left_out_where_batch_normalisation_takes_it_away_across_blocks(string attributes, string name, bool hasBias)
    {
        Layer layer = Compiled.Plan(attributes).Graph.Layers.Single(layer => layer.Name == name);
        Assert.Equal(hasBias, layer.Tensors.Any(tensor => tensor.Role == TensorRole.Bias));
    }

    [Theory]
    [InlineData("[Block, Dense(4), ReLU] class A; [Features(4), Use<A>, Dense(2)]", "[Features(4), Dense(4), ReLU, Dense(2)]")]
    [InlineData("[Block, Dense(4), ReLU] class A; [Features(4), Repeat<A>(2), Dense(2)]", "[Features(4), Dense(4), ReLU, Dense(4), ReLU, Dense(2)]")]
    public void A_block_means_what_its_layers_mean(string attributes, string same) =>
        Assert.Equal(Compiled.Plan(same).Graph.Architecture, Compiled.Plan(attributes).Graph.Architecture);

    [Theory]
    [InlineData("[Block, Tanh] class A; [Features(4), Residual<A>, Dense(2)]", "features 4; tanh; add with 0; dense bias 1 -> 2")]
    [InlineData("[Block, Dense(3)] class A; [Block, Dropout(0.5f), Dense(3)] class P; [Features(4), Residual<A, P>]", "features 4; dense bias 1 -> 3; from 0: dense bias 1 -> 3; from 1: add with 2")]
    public void Branches_are_part_of_the_architecture(string attributes, string architecture) =>
        Assert.Equal(architecture, string.Join("; ", Compiled.Plan(attributes).Graph.Architecture));

    [Theory]
    [InlineData("[Block, Use<B>] class A; [Block, ReLU, Use<A>] class B; [Features(4), Use<A>]", "Use|A → B → A")]
    [InlineData("[Block, Use<B>] class A; [Block, Use<B>] class B; [Features(4), ReLU, Residual<A>]", "Residual|B → B")]
    public void A_block_within_itself_is_reported_with_the_way_round(string attributes, string holes) =>
        Assert.Equal(holes, string.Join('|', Compiled.Problem(attributes).Arguments));

    // 10¹⁰ layers, or as many places without any.
    [Theory]
    [InlineData("Dense(4)")]
    [InlineData("Repeat<Last>(1)")]
    public void Blocks_that_multiply_end_soon(string layer)
    {
        string blocks = string.Concat(Enumerable.Range(1, 9).Select(depth => $"[Block, Repeat<B{depth - 1}>(10)] class B{depth}; "));
        EncoderModel model = Declared.Model($"[Block, ReLU] class Last; [Block, {layer}] class B0; {blocks}[Features(4), Repeat<B9>(10)]");
        Assert.Contains(EncoderCompiler.Compile(model).Problems, problem => problem.Id == ProblemIds.TooManyLayers && problem.Origin is null);
    }
}
