using Microsoft.ML.OnnxRuntime;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Onnx.Tests;

public class ExportTests
{
    [Theory]
    [InlineData(typeof(SameConvolution))]
    [InlineData(typeof(SmallGlyphs))]
    [InlineData(typeof(SmallPatches))]
    [InlineData(typeof(PlainDense))]
    public void Images_can_come_channels_first(Type encoder) => Assert.True(OnnxRun.AssertAgrees(encoder, seed: 2, OnnxImageLayout.ChannelsFirst));

    [Fact]
    public void A_file_says_whose_it_is_and_what_it_takes()
    {
        using var folder = new TemporaryFolder();
        OnnxExport.Save(new SmallPatches(seed: 1), folder.File("patches.onnx"));
        using InferenceSession session = OnnxRun.Open(File.ReadAllBytes(folder.File("patches.onnx")));

        InputShape shape = SmallPatches.Info.Input;
        Assert.Equal([-1, shape.Height, shape.Width, shape.Channels], session.InputMetadata["input"].Dimensions);
        Assert.Equal("batch", session.InputMetadata["input"].SymbolicDimensions[0]);
        Assert.Equal([-1, SmallPatches.Info.EmbeddingLength], session.OutputMetadata["embedding"].Dimensions);
        Assert.Equal("SmallPatches", session.ModelMetadata.GraphName);
        Assert.Equal("SiameseGen", session.ModelMetadata.ProducerName);
        Dictionary<string, string> notes = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("SmallPatches", notes["siamesegen.encoder"]);
        Assert.Equal(SmallPatches.Info.Architecture, notes["siamesegen.architecture"]);
        Assert.Equal(SmallPatches.Info.Fingerprint, notes["siamesegen.fingerprint"]);
    }

    [Fact]
    public void Tensors_keep_the_names_that_the_user_gave()
    {
        string text = System.Text.Encoding.Latin1.GetString(Bytes(new SmallResidual(seed: 1)));
        Assert.All(SmallResidual.Info.Tensors, tensor => Assert.Contains(tensor.Name, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_weights_give_equal_files()
    {
        Assert.Equal(Bytes(new SmallGlyphs(seed: 3)), Bytes(new SmallGlyphs(seed: 3)));
        Assert.NotEqual(Bytes(new SmallGlyphs(seed: 3)), Bytes(new SmallGlyphs(seed: 4)));
    }

    [Fact]
    public void A_failure_leaves_the_file_that_was_there()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("dense.onnx");
        var encoder = new PlainDense(seed: 1);
        OnnxExport.Save(encoder, path);
        byte[] before = File.ReadAllBytes(path);
        encoder.Parameters.Values[3] = float.NaN;

        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => OnnxExport.Save(encoder, path));
        Assert.Contains("'dense1.weight' contains NaN", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(path, Assert.Single(Directory.EnumerateFileSystemEntries(folder.FullName)));
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        using var folder = new TemporaryFolder();
        var encoder = new PlainDense(seed: 1);
        Assert.Throws<ArgumentException>(() => OnnxExport.Save(encoder, " "));
        Assert.Throws<ArgumentNullException>(() => OnnxExport.Save(null!, folder.File("a.onnx")));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxExport.Save(encoder, folder.File("a.onnx"), (OnnxImageLayout)7));
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => OnnxExport.Save(encoder, folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => OnnxExport.Save(encoder, folder.File(Path.Combine("none", "a.onnx"))));
    }

    [Fact]
    public void Weights_of_another_architecture_are_refused()
    {
        EncoderInfo info = PlainDense.Info;
        OnnxTensor[] tensors = [.. info.Tensors.Select(tensor => new OnnxTensor(tensor.Name, tensor.Shape, new float[tensor.Length]))];
        Assert.Throws<FormatException>(() => OnnxModel.Of("A", info.Architecture, OnnxImageLayout.ChannelsLast, tensors[..1]));
        Assert.Throws<FormatException>(() => OnnxModel.Of("A", info.Architecture, OnnxImageLayout.ChannelsLast, [tensors[0] with { Shape = [7, 13] }, tensors[1]]));
        Assert.Throws<FormatException>(() => OnnxModel.Of("A", "no architecture", OnnxImageLayout.ChannelsLast, tensors));
    }

    private static byte[] Bytes(IEncoder encoder)
    {
        using var stream = new MemoryStream();
        OnnxExport.Write(encoder, stream);
        return stream.ToArray();
    }
}
