using SiameseGen.Persistence;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Models.Tests.Import;

/// <summary>What cannot be taken over says why, and changes nothing.</summary>
public sealed class RefusedImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FoldedDense _encoder = new(seed: 1);

    // As FoldedDense: Dense(21), BatchNorm, ReLU, Dense(6), BatchNorm, L2Normalize on 11 features.
    private readonly TorchNetwork _network = new TorchNetwork(1).Linear("fc1", 11, 21, bias: false).BatchNorm("bn1", 21).ReLU().Linear("fc2", 21, 6, bias: false).BatchNorm("bn2", 6);

    private string Path => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_tensor_is_named()
    {
        _network.State.Remove("bn2.bias");
        AssertRefused("layer 'bn2' has no 'bias', of which 'batchnorm2.shift' of FoldedDense was to be made");
    }

    [Fact]
    public void A_missing_layer_is_named()
    {
        _network.State.Remove("fc2.weight");
        AssertRefused("it has 1 dense layers ('fc1') for 2 of FoldedDense ('dense1', 'dense2')");
    }

    [Fact]
    public void A_superfluous_layer_is_named()
    {
        _network.Linear("head", 6, 3);
        AssertRefused("it has 3 dense layers ('fc1', 'fc2', 'head') for 2 of FoldedDense");
        AssertAccepted(WeightNaming.PyTorch.Ignore("head."));
    }

    [Fact]
    public void A_superfluous_bias_is_named_with_its_remedy()
    {
        _network.State["fc1.bias"] = ([21], new float[21]);
        AssertRefused("it has a tensor 'fc1.bias', for which 'dense1' of FoldedDense has no place. Declare the layer with Bias = true.");
    }

    [Fact]
    public void A_tensor_of_another_shape_is_named_with_both()
    {
        _network.State["fc1.weight"] = ([20, 11], new float[220]);
        AssertRefused("tensor 'fc1.weight' has the shape [20, 11], and in PyTorch 'dense1.weight' of FoldedDense has [21, 11]");
    }

    [Fact]
    public void A_tensor_that_no_layer_has_is_named()
    {
        _network.State["fc1.in_proj"] = ([3], new float[3]);
        AssertRefused("it has a tensor 'fc1.in_proj', which is nothing that a layer of SiameseGen has from PyTorch");
        AssertAccepted(WeightNaming.PyTorch.Ignore("fc1.in_proj"));
    }

    [Fact]
    public void A_number_that_is_none_is_refused()
    {
        _network.State["bn1.bias"].Values[2] = float.NaN;
        AssertRefused("tensor 'bn1.bias' contains NaN");
    }

    [Fact]
    public void A_variance_below_0_is_refused()
    {
        _network.State["bn2.running_var"].Values[5] = -1f;
        AssertRefused("tensor 'bn2.running_var' contains -1; a variance is not below 0");
    }

    [Fact]
    public void A_mapping_to_nothing_is_refused()
    {
        AssertRefused("it has no layer 'fc9', of which 'dense1' was to be made; it has 'bn1', 'bn2', 'fc1', 'fc2'", WeightNaming.PyTorch.Map("dense1", "fc9"));
        AssertRefused("two layers of FoldedDense were to be made of 'fc1'", WeightNaming.PyTorch.Map("dense1", "fc1").Map("dense2", "fc1"));
        ForeignFile.Write(Path, _network.State);
        Assert.Contains(
            "FoldedDense has no layer 'dense7' with weights; it has 'dense1', 'batchnorm1'",
            Assert.Throws<ArgumentException>(() => _encoder.Import(Path, WeightNaming.PyTorch.Map("dense7", "fc1"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WeightNaming.PyTorch.Map("dense1", "fc1").Map("dense1", "fc2"));
    }

    [Fact]
    public void Integers_are_no_weights()
    {
        ForeignFile.Write(Path, _network.State, "I32");
        AssertRefusedAsItIs("tensor 'fc1.weight' is of type I32; weights are of one of the types F32, F64, F16, BF16");
    }

    [Fact]
    public void Own_files_are_to_be_loaded()
    {
        _encoder.Save(Path);
        AssertRefusedAsItIs("it was saved by SiameseGen. Load it with FoldedDense.Load.");
    }

    [Fact]
    public void A_file_that_is_cut_off_is_refused()
    {
        ForeignFile.Write(Path, _network.State);
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..^4]);
        AssertRefusedAsItIs("The file is damaged or was not written to its end");
    }

    [Fact]
    public void A_file_that_is_not_there_is_none()
    {
        Assert.Throws<FileNotFoundException>(() => _encoder.Import(Path, WeightNaming.PyTorch));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => _encoder.Import(_folder.FullName, WeightNaming.PyTorch)).Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string message, WeightNaming? naming = null)
    {
        ForeignFile.Write(Path, _network.State);
        AssertRefusedAsItIs(message, naming);
    }

    private void AssertRefusedAsItIs(string message, WeightNaming? naming = null)
    {
        float[] before = _encoder.Parameters.Values.ToArray();
        int version = _encoder.Parameters.Version;
        WeightsFormatException failure = Assert.Throws<WeightsFormatException>(() => _encoder.Import(Path, naming ?? WeightNaming.PyTorch));
        Assert.StartsWith(Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, _encoder.Parameters.Values.ToArray());
        Assert.Equal(version, _encoder.Parameters.Version);
    }

    private void AssertAccepted(WeightNaming naming)
    {
        ForeignFile.Write(Path, _network.State);
        Assert.Equal(FoldedDense.Info.Tensors.Length, _encoder.Import(Path, naming).Count);
    }
}
