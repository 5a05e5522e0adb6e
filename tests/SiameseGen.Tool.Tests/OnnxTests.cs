using System.CommandLine;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SiameseGen.Export;
using SiameseGen.Export.Tests;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tool.Tests;

public sealed class OnnxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallGlyphs _encoder = new(seed: 4);

    private string Model => _folder.File("glyphs.onnx");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("glyphs.safetensors", false, 1e-5)]
    [InlineData("glyphs.safetensors", true, 1e-5)]
    [InlineData("float16.siamese", false, 1e-2)]
    public void What_holds_weights_as_trained_is_written_and_runs_in_Onnx_Runtime(string file, bool channelsFirst, double tolerance)
    {
        _encoder.Save(_folder.File("glyphs.safetensors"));
        Export("float16.siamese", Precision.Float16);
        string[] order = channelsFirst ? ["--channels-first"] : [];
        Assert.Equal((0, Model + "\n", ""), Run(["export", _folder.File(file), "--onnx", Model, .. order]));
        InputShape shape = SmallGlyphs.Info.Input;
        float[] input = new float[shape.Length];
        var random = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
        new Drawings(1, 1, shape.Length, 9).Read(0, input, ref random);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(Model, options);

        // Of one channel, so that both orders have the same values.
        int[] sizes = channelsFirst ? [1, shape.Channels, shape.Height, shape.Width] : [1, shape.Height, shape.Width, shape.Channels];
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(input, sizes))]);
        Assert.All(_encoder.Embed(input).Values.ToArray().Zip(outputs[0].AsEnumerable<float>()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.Contains(_encoder.Embed(input).Values.ToArray(), value => value != 0f);
    }

    [Theory]
    [InlineData(Precision.Int8, "8-bit integers")]
    [InlineData(Precision.Float32, "folded and packed")]
    public void What_holds_them_no_more_is_refused_with_what_to_do_instead(Precision precision, string reason)
    {
        Export("glyphs.siamese", precision);
        (int code, _, string error) = Run("export", _folder.File("glyphs.siamese"), "--onnx", Model);
        Assert.Equal(1, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.All((string[])[".safetensors", "Float16", "OnnxExport.Save"], way => Assert.Contains(way, error, StringComparison.Ordinal));
        Assert.False(File.Exists(Model));
    }

    [Fact]
    public void Nothing_to_write_and_nothing_to_read_are_mistakes()
    {
        Export("float32.siamese", Precision.Float32);
        (int code, _, string error) = Run("export", _folder.File("float32.siamese"));
        Assert.NotEqual(0, code);
        Assert.Contains("--onnx", error, StringComparison.Ordinal);
        (code, _, error) = Run("export", _folder.File("missing.siamese"), "--onnx", Model);
        Assert.Equal(1, code);
        Assert.Contains("missing.siamese", error, StringComparison.Ordinal);
    }

    private void Export(string file, Precision precision) => EncoderExport.Save(_encoder, _folder.File(file), new ExportOptions
    {
        Precision = precision,
        Calibration = new Drawings(6, 4, SmallGlyphs.Info.Input.Length, 5),
        AllowedFalseNonMatchIncrease = 1,
        AllowedAccuracyLoss = 1,
    }, TestContext.Current.CancellationToken);

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = SiameseCommand.Make().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
