using SiameseGen.Persistence;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Models.Tests.Import;

/// <summary>Weights of PyTorch give the embeddings that PyTorch gives.</summary>
public sealed class PyTorchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sequence_of_layers_is_found_by_its_numbers()
    {
        // More than ten, so that 10 must not come before 2.
        TorchNetwork network = new TorchNetwork(1)
            .Conv2d("features.0", 1, 6, 3, padding: 1, bias: false).BatchNorm("features.1", 6).ReLU().MaxPool2()
            .Conv2d("features.10", 6, 10, 3, padding: 1, bias: false).BatchNorm("features.11", 10).ReLU().MaxPool2()
            .Flatten().Linear("head.1", 90, 9).Normalize();
        var encoder = new SmallGlyphs(seed: 1);
        IReadOnlyList<ImportedTensor> imported = Import(encoder, network, WeightNaming.PyTorch);
        Agrees(encoder, network);
        Assert.Equal(SmallGlyphs.Info.Tensors.Length, imported.Count);
        Assert.Contains(new ImportedTensor("conv2d2.weight", "features.10.weight"), imported);
        Assert.Contains(new ImportedTensor("batchnorm2.running_variance", "features.11.running_var"), imported);
    }

    [Fact]
    public void Convolutions_in_groups_keep_their_groups()
    {
        TorchNetwork network = new TorchNetwork(2)
            .Conv2d("a.0", 4, 6, 3, padding: 1, groups: 2, bias: false).BatchNorm("a.1", 6).ReLU()
            .Conv2d("a.3", 6, 6, 3, groups: 6).Conv2d("a.4", 6, 9, 1, groups: 3).MaxPool2().Flatten();
        var encoder = new GroupedConvolution(seed: 1);
        Import(encoder, network, WeightNaming.PyTorch);

        // The embedding is the flattened image itself.
        Agrees(encoder, network, (9, 2, 2));
    }

    [Fact]
    public void A_depthwise_separable_network_is_found_in_order()
    {
        TorchNetwork network = new TorchNetwork(3)
            .Conv2d("stem.0", 1, 8, 3, stride: 2, padding: 1, bias: false).BatchNorm("stem.1", 8).ReLU()
            .Conv2d("blocks.0.0", 8, 8, 3, padding: 1, groups: 8, bias: false).BatchNorm("blocks.0.1", 8).ReLU()
            .Conv2d("blocks.0.3", 8, 17, 1, bias: false).BatchNorm("blocks.0.4", 17).ReLU()
            .Conv2d("blocks.1.0", 17, 17, 3, stride: 2, padding: 1, groups: 17, bias: false).BatchNorm("blocks.1.1", 17).ReLU()
            .Conv2d("blocks.1.3", 17, 10, 1, bias: false).BatchNorm("blocks.1.4", 10).GlobalAverage().Linear("fc", 10, 6);
        var encoder = new SeparableConvolutions(seed: 1);

        // By name the blocks come before the stem.
        WeightNaming naming = WeightNaming.PyTorch.Map("conv2d1", "stem.0").Map("batchnorm1", "stem.1");
        Import(encoder, network, naming);
        Agrees(encoder, network);
    }

    [Fact]
    public void A_residual_network_is_found_with_the_names_that_such_networks_have()
    {
        TorchNetwork network = new TorchNetwork(4).Conv2d("conv1", 1, 9, 3, padding: 1, bias: false).BatchNorm("bn1", 9).ReLU();
        foreach (int block in new[] { 0, 1 })
        {
            network.Residual(part => part
                .Conv2d($"layer1.{block}.conv1", 9, 9, 3, padding: 1, bias: false).BatchNorm($"layer1.{block}.bn1", 9).ReLU()
                .Conv2d($"layer1.{block}.conv2", 9, 9, 3, padding: 1, bias: false).BatchNorm($"layer1.{block}.bn2", 9)).ReLU();
        }

        network
            .Residual(
                part => part
                    .Conv2d("layer2.0.conv1", 9, 12, 3, stride: 2, padding: 1, bias: false).BatchNorm("layer2.0.bn1", 12).PReLU("layer2.0.slope", 1)
                    .Conv2d("layer2.0.conv2", 12, 12, 3, padding: 1, bias: false).BatchNorm("layer2.0.bn2", 12),
                shortcut => shortcut.Conv2d("layer2.0.downsample.0", 9, 12, 1, stride: 2, bias: false).BatchNorm("layer2.0.downsample.1", 12))
            .ReLU().GlobalAverage().Linear("fc", 12, 6);
        (_, float[] slope) = network.State["layer2.0.slope.weight"];
        network.State.Remove("layer2.0.slope.weight");
        slope[0] = 0.01f; // that of a LeakyReLU, which learns nothing
        var encoder = new SmallResidual(seed: 1);
        Import(encoder, network, WeightNaming.PyTorch);
        Agrees(encoder, network);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Slopes_come_one_a_channel_or_one_for_all(bool isShared)
    {
        TorchNetwork network = new TorchNetwork(5)
            .Conv2d("c", 1, 9, 3).PReLU("p.0", isShared ? 1 : 9).Flatten().Linear("l.0", 54, 6).PReLU("p.1", isShared ? 1 : 6).Linear("l.1", 6, 5);
        var encoder = new PlainPReLU(seed: 1);
        Import(encoder, network, WeightNaming.PyTorch);
        Agrees(encoder, network);
    }

    [Fact]
    public void What_runs_over_a_flattened_image_is_put_into_order_too()
    {
        TorchNetwork network = new TorchNetwork(6)
            .Conv2d("a", 1, 9, 1).Tanh();
        // Over the channels of each pixel.
        TorchNetwork pixels = new TorchNetwork(7).LayerNormOfVector("b", 9, 1e-5);
        TorchNetwork rest = new TorchNetwork(8).Conv2d("c", 9, 6, 3).Flatten().LayerNormOfVector("d", 36, 0.01).Linear("e", 36, 6);
        var all = new TorchNetwork(0);
        foreach ((string name, (int[] Shape, float[] Values) tensor) in network.State.Concat(pixels.State).Concat(rest.State))
            all.State.Add(name, tensor);
        var encoder = new PlainLayerNorm(seed: 1);
        Import(encoder, all, WeightNaming.PyTorch);
        Agrees(encoder, input => rest.Run(OfPixels(network.Run(input), pixels)), null);
    }

    [Theory]
    [InlineData("F64", 0)]
    [InlineData("F16", 0.002)]
    [InlineData("BF16", 0.02)]
    public void Numbers_of_other_widths_are_read(string type, double tolerance)
    {
        TorchNetwork network = new TorchNetwork(9).Linear("fc", 13, 7);
        var encoder = new PlainDense(seed: 1);
        ForeignFile.Write(Path, network.State, type);
        encoder.Import(Path, WeightNaming.PyTorch);
        float[] weights = encoder.Parameters[PlainDense.Info.Tensors[0]].ToArray();
        float[] theirs = network.State["fc.weight"].Values;
        for (int i = 0; i < weights.Length; i++)
            Assert.Equal(theirs[(i % 7 * 13) + (i / 7)], weights[i], tolerance);
    }

    [Fact]
    public void Layers_can_be_named_by_a_rule_and_heads_be_left_out()
    {
        TorchNetwork network = new TorchNetwork(10).Linear("z", 12, 16, bias: false).BatchNorm("y", 16).ReLU().Linear("x", 16, 16, bias: false).BatchNorm("w", 16).ReLU().Linear("v", 16, 4);
        var encoder = new SmallSensors(seed: 1);
        var all = new TorchNetwork(11).Linear("classifier.1", 16, 10);
        foreach ((string name, (int[] Shape, float[] Values) tensor) in network.State)
            all.State.Add(name, tensor);
        WeightNaming naming = WeightNaming.PyTorch.Ignore("classifier.").Map("dense1", "z")
            .Map(layer => layer switch { "dense2" => "x", "dense3" => "v", "batchnorm1" => "y", _ => null });
        Import(encoder, all, naming);
        Agrees(encoder, network);
    }

    private IReadOnlyList<ImportedTensor> Import(IEncoder encoder, TorchNetwork network, WeightNaming naming)
    {
        ForeignFile.Write(Path, network.State, notes: new() { ["format"] = "pt" });
        return encoder.Import(Path, naming);
    }

    private static void Agrees(IEncoder encoder, TorchNetwork network, (int Channels, int Height, int Width)? flattened = null) => Agrees(encoder, network.Run, flattened);

    private static void Agrees(IEncoder encoder, Func<TorchValue, TorchValue> network, (int Channels, int Height, int Width)? flattened)
    {
        InputShape shape = encoder.Parameters.Info.Input;
        var random = new Random(3);
        for (int item = 0; item < 3; item++)
        {
            double[] values = [.. Enumerable.Range(0, shape.Length).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];
            double[] expected = network(new TorchValue(shape.Channels, shape.Height, shape.Width, values)).Values;
            if (flattened is { } image)
                expected = ChannelsLast(expected, image.Channels);
            float[] input = [.. ChannelsLast(values, shape.Channels).Select(value => (float)value)], embedding = new float[expected.Length];
            encoder.Embed(input, embedding);
            double largest = expected.Max(Math.Abs);
            Assert.True(largest > 0);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], embedding[i], 1e-5 * largest);
        }
    }

    private static double[] ChannelsLast(double[] values, int channels)
    {
        int pixels = values.Length / channels;
        return [.. Enumerable.Range(0, values.Length).Select(i => values[(i % channels * pixels) + (i / channels)])];
    }

    private static TorchValue OfPixels(TorchValue image, TorchNetwork network)
    {
        int pixels = image.Height * image.Width;
        double[] result = new double[image.Values.Length];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            double[] channels = network.Run(new TorchValue(image.Channels, 1, 1, [.. Enumerable.Range(0, image.Channels).Select(c => image.Values[(c * pixels) + pixel])])).Values;
            for (int c = 0; c < channels.Length; c++)
                result[(c * pixels) + pixel] = channels[c];
        }

        return image with { Values = result };
    }
}
