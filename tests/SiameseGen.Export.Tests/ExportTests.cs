using System.Reflection;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using SiameseGen.Training;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What export promises: integers stay within their contract, and what cannot be shipped is refused before anything is written.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Integers_of_a_trained_encoder_keep_to_the_contract_and_carry_their_threshold()
    {
        var training = new Clusters(200, 8, 12, seed: 1);
        var encoder = new ClusterTriplet(seed: 2);
        await new Trainer<ClusterTriplet>(encoder, new TrainingOptions { Epochs = 40, LearningRate = 3e-3f, Seed = 1, Threads = 1 }).FitAsync(training, cancellationToken: TestContext.Current.CancellationToken);
        string path = _folder.File("clusters.siamese");
        ExportReport report = EncoderExport.Save(encoder, path, new ExportOptions { Calibration = new Clusters(20, 12, 12, seed: 7), Training = training }, TestContext.Current.CancellationToken);
        Assert.True(report.ShippedFalseNonMatchRate - report.TrainedFalseNonMatchRate <= 0.002, report.ToString());
        Assert.True(report.TrainedAccuracy - report.ShippedAccuracy <= 0.003, report.ToString());
        Assert.True(report.ShippedAccuracy > 0.9, report.ToString());
        using StreamReader reader = File.OpenText(path);
        Artifact artifact = ArtifactReader.Read(reader);
        Assert.Equal(report.Shipped.Threshold.Value, artifact.Calibration.Threshold);
        Assert.Equal(report.Shipped.FalseMatchRate.Value, artifact.Calibration.FalseMatchRate.Value);
        Assert.InRange(artifact.Calibration.ThresholdScore, 1, 1 << 16);
        Assert.Equal(artifact.Calibration.Threshold, MathF.Sqrt(artifact.Calibration.ThresholdScore / 16384f), 1e-3f);
    }

    [Fact]
    public void Integers_beyond_the_contract_are_refused_and_nothing_is_written()
    {
        string path = _folder.File("refused.siamese");
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info) with { AllowedFalseNonMatchIncrease = -1 };
        Assert.Contains("FNMR rises", Assert.Throws<ExportException>(() => EncoderExport.Save(new SmallGlyphs(seed: 4), path, options, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Classes_that_were_trained_on_are_refused()
    {
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info) with { Training = new Drawings(6, 4, SmallGlyphs.Info.Input.Length, 5) };
        Assert.Throws<ArgumentException>(() => EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Ranges_of_no_examples_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), ShippedModel.Options(SmallGlyphs.Info) with { RangeExamples = 0 }, TestContext.Current.CancellationToken));

    public static TheoryData<string, string> Unreadable() => new()
    {
        { "", "1" },
        { "protocol: 20-way", "1" },
        { "notes", new string('ö', 3000) },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Words_that_could_not_be_read_again_are_refused(string name, string value)
    {
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info) with { Provenance = new Dictionary<string, string> { [name] = value } };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), options, TestContext.Current.CancellationToken));
        Assert.Contains($"Provenance cannot hold '{name}'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void A_precision_that_there_is_not_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), ShippedModel.Options(SmallGlyphs.Info) with { Precision = (Precision)7 }, TestContext.Current.CancellationToken));

    [Fact]
    public void More_weights_than_a_reader_takes_are_refused()
    {
        EncoderExport.EnsureReadable(SmallGlyphs.Info, 1 << 28);
        Assert.Contains("268,435,457", Assert.Throws<ExportException>(() => EncoderExport.EnsureReadable(SmallGlyphs.Info, (1 << 28) + 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_artifact_tells_data_apart()
    {
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info);
        Drawings training = new(9, 3, SmallGlyphs.Info.Input.Length, 77), others = new(9, 3, SmallGlyphs.Info.Input.Length, 78);
        Dictionary<string, string> first = Origins(options with { Training = training });
        Assert.Matches("^27 examples of 9 classes, SHA-256 [0-9a-f]{64}$", first["training data"]);
        Assert.Matches("^24 examples of 6 classes, SHA-256 [0-9a-f]{64}$", first["calibration data"]);
        Assert.Equal(first, Origins(options with { Training = new AugmentedExampleSet(training, (Span<float> example, ref CounterRandom _) => example.Clear()) }));
        Dictionary<string, string> second = Origins(options with { Training = others });
        Assert.NotEqual(first["training data"], second["training data"]);
        Assert.Equal(first["calibration data"], second["calibration data"]);
        Assert.DoesNotContain("training data", Origins(options).Keys);
    }

    [Fact]
    public void A_claim_that_too_few_trials_support_is_refused()
    {
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info) with { Target = CalibrationTarget.FalseMatchRate(1e-4) };
        Assert.Throws<CalibrationException>(() => EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Pixels_beyond_0_and_1_and_layers_without_integers_are_refused_by_name()
    {
        ExportOptions clusters = ShippedModel.Options(SmallGlyphs.Info) with { Calibration = new Clusters(6, 4, SmallGlyphs.Info.Input.Length, seed: 3) };
        Assert.Contains("pixel", Refused(new SmallGlyphs(seed: 4), clusters), StringComparison.Ordinal);
        Type without = typeof(SmallGlyphs).Assembly.GetExportedTypes().First(type => ShippedModel.InfoOf(type)?.Architecture.Contains("layernorm", StringComparison.Ordinal) == true);
        TargetInvocationException thrown = Assert.Throws<TargetInvocationException>(() => typeof(EncoderExport).GetMethod(nameof(EncoderExport.Save))!.MakeGenericMethod(without)
            .Invoke(null, [Activator.CreateInstance(without, 1), _folder.File("x.siamese"), ShippedModel.Options(ShippedModel.InfoOf(without)!), CancellationToken.None]));
        Assert.Contains("LayerNorm", Assert.IsType<ExportException>(thrown.InnerException).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName));
    }

    [Fact]
    public void Cancellation_ends_the_work_before_anything_is_written()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => EncoderExport.Save(new SmallGlyphs(seed: 4), _folder.File("x.siamese"), ShippedModel.Options(SmallGlyphs.Info), source.Token));
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName));
    }

    private Dictionary<string, string> Origins(ExportOptions options)
    {
        string path = _folder.File("origins.siamese");
        EncoderExport.Save(new SmallGlyphs(seed: 4), path, options, TestContext.Current.CancellationToken);
        using StreamReader reader = File.OpenText(path);
        return new Dictionary<string, string>(ArtifactReader.Read(reader).Provenance);
    }

    private string Refused(SmallGlyphs encoder, ExportOptions options) =>
        Assert.Throws<ExportException>(() => EncoderExport.Save(encoder, _folder.File("x.siamese"), options, TestContext.Current.CancellationToken)).Message;
}
