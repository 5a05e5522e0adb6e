using System.Reflection;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What a generated verifier says beside its verdict: how likely it is, and that an input was not compared because it is a presentation attack.</summary>
public sealed class DecisionTests : IDisposable
{
    private const string Use =
        """
        public sealed class Detector : SiameseGen.Verification.IPresentationAttackDetector<byte>, SiameseGen.Verification.IPresentationAttackDetector<float>
        {
            public bool IsAttack(System.ReadOnlySpan<byte> input) => input[0] > 200;
            public bool IsAttack(System.ReadOnlySpan<float> input) => input[0] > 0.8f;
        }

        public static class Use
        {
            public static SiameseGen.Verification.Decision[] Of(byte first)
            {
                byte[] pixels = new byte[GlyphVerifier.InputLength];
                pixels[0] = first;
                float[] values = new float[GlyphVerifier.InputLength];
                values[0] = first / 255f;
                GlyphVerifier.Template template = GlyphVerifier.Enrol(pixels);
                return [GlyphVerifier.Verify(template, pixels), GlyphVerifier.Verify(template, pixels, new Detector()), GlyphVerifier.Verify(template, values, new Detector()),
                    GlyphVerifier.Verify(template, pixels, new byte[GlyphVerifier.WorkspaceLength], new Detector()), GlyphVerifier.Verify(template, values, new byte[GlyphVerifier.WorkspaceLength], new Detector())];
            }

            public static float Probability(float distance) => GlyphVerifier.Probability(new SiameseGen.Distance(distance)).Value;
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Float32)]
    public void An_attack_has_a_verdict_of_its_own_and_anything_else_is_compared(Precision precision)
    {
        MethodInfo of = Compile(precision).Use.GetMethod("Of")!;
        var bonaFide = (Decision[])of.Invoke(null, [(byte)100])!;
        Assert.All(bonaFide, decision => Assert.Equal(Verdict.Match, decision.Verdict));
        var attack = (Decision[])of.Invoke(null, [(byte)255])!;
        Assert.Equal(Verdict.Match, attack[0].Verdict);
        Assert.Equal(5, attack.Length);
        Assert.All(attack.Skip(1), decision => Assert.Equal((Verdict.PresentationAttack, float.PositiveInfinity, attack[0].Threshold), (decision.Verdict, decision.Distance.Value, decision.Threshold)));
    }

    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Float32)]
    public void The_probability_is_that_of_the_calibration(Precision precision)
    {
        (Type use, ArtifactCalibration calibration) = Compile(precision);
        MethodInfo probability = use.GetMethod("Probability")!;
        var score = new LogisticScore(calibration.ScoreSlope, calibration.ScoreOffset);
        Assert.True(calibration.ScoreSlope > 0);
        float[] distances = [.. new[] { 0f, 0.01f, 0.1f, calibration.Threshold, 1f, 2f, float.PositiveInfinity }.Order()];
        float[] found = [.. distances.Select(distance => (float)probability.Invoke(null, [distance])!)];
        Assert.Equal(distances.Select(distance => score.Of(new Distance(distance)).Value), found);
        Assert.Equal(found.OrderDescending(), found);
        Assert.All(found, value => Assert.InRange(value, 0f, 1f));
        Assert.Equal(0f, found[^1]);
        Assert.Equal(0.5f, new LogisticScore(0, 0).Of(new Distance(float.PositiveInfinity)).Value);
    }

    private (Type Use, ArtifactCalibration Calibration) Compile(Precision precision)
    {
        string path = _folder.File("glyphs.siamese");
        EncoderExport.Save(new SmallGlyphs(seed: 4), path, ShippedModel.Options(SmallGlyphs.Info) with { Precision = precision }, TestContext.Current.CancellationToken);
        string text = File.ReadAllText(path);
        string source = $"[Verifier<SiameseGen.Models.SmallGlyphs>(\"glyphs.siamese\", Precision = Precision.{precision})] public static partial class GlyphVerifier;\n{Use}";
        Type use = Generated.Load(Generated.WithGenerated(Generated.Project(source), (path, text))).GetType("Use")!;
        using var reader = new StringReader(text);
        return (use, ArtifactReader.Read(reader).Calibration);
    }
}
