using System.CommandLine;
using SiameseGen.Export;
using SiameseGen.Export.Tests;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tool.Tests;

public sealed class ArtifactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("glyphs.siamese");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_artifact_is_described()
    {
        ExportReport report = Export(Precision.Int8);
        (int code, string output, string error) = Run("inspect", Path);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith($"encoder      SmallGlyphs\nfingerprint  {SmallGlyphs.Info.Fingerprint}\nweights      Int8, {report.WeightBytes} bytes, undamaged\narchitecture\n  image 14x14x1\n", output, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"\nthreshold    {report.Shipped.Threshold.Value} for equal error rate\n"), output, StringComparison.Ordinal);
        Assert.Contains("\ndata         drawings\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Packed_weights_say_what_they_are_packed_for()
    {
        ExportReport report = Export(Precision.Float32);
        (int code, string output, string error) = Run("inspect", Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Matches($"\nweights      Float32, {report.WeightBytes} bytes, undamaged\npacked for   [0-9a-f]{{64}}\narchitecture\n", output);
    }

    [Fact]
    public void A_damaged_artifact_is_said_to_be_so()
    {
        Export(Precision.Int8);
        byte[] bytes = File.ReadAllBytes(Path);
        bytes[^90] ^= 1;
        File.WriteAllBytes(Path, bytes);
        (int code, string output, string error) = Run("inspect", Path);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(Path, error, StringComparison.Ordinal);
    }

    [Fact]
    public void C_is_written_into_a_folder()
    {
        Export(Precision.Int8);
        string folder = _folder.File("firmware");
        (int code, string output, string error) = Run("export", Path, "--c", folder);
        Assert.Equal((0, ""), (code, error));
        string[] written = [System.IO.Path.Combine(folder, "small_glyphs.h"), System.IO.Path.Combine(folder, "small_glyphs.c")];
        Assert.Equal(string.Concat(written.Select(path => path + "\n")), output);
        Assert.All(written, path => Assert.Contains("small_glyphs_embed", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void What_C_cannot_be_written_of_is_said_and_nothing_is_written()
    {
        Export(Precision.Float32);
        string folder = _folder.File("firmware");
        (int code, _, string error) = Run("export", Path, "--c", folder);
        Assert.Equal(1, code);
        Assert.Contains("Float32", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Export(Precision.Int8);
        (code, _, error) = Run("export", Path, "--c", folder, "--prefix", "9lives");
        Assert.Equal(1, code);
        Assert.Contains("9lives", error, StringComparison.Ordinal);
    }

    private ExportReport Export(Precision precision) => EncoderExport.Save(new SmallGlyphs(seed: 4), Path, new ExportOptions
    {
        Precision = precision,
        Calibration = new Drawings(6, 4, SmallGlyphs.Info.Input.Length, 5),
        AllowedFalseNonMatchIncrease = 1,
        AllowedAccuracyLoss = 1,
        Provenance = new Dictionary<string, string> { ["data"] = "drawings" },
    }, TestContext.Current.CancellationToken);

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = SiameseCommand.Make().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
