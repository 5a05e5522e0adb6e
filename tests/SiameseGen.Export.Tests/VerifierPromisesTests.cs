using System.Reflection;
using Microsoft.CodeAnalysis;
using SiameseGen.Models;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What a verifier promises in every precision: it allocates nothing, and any number of threads may use it.</summary>
public sealed class VerifierPromisesTests : IDisposable
{
    private const int Threads = 8;

    private const string Use =
        """
        public static class Use
        {
            public static long Allocated()
            {
                byte[] pixels = new byte[GlyphVerifier.InputLength];
                float[] values = new float[GlyphVerifier.InputLength];
                byte[] workspace = new byte[GlyphVerifier.WorkspaceLength];
                Once(pixels, values, workspace);

                // The least of some: when another thread collects garbage in between, a run is charged for what it has not allocated.
                long least = long.MaxValue;
                for (int i = 0; i < 5; i++)
                {
                    long before = System.GC.GetAllocatedBytesForCurrentThread();
                    Once(pixels, values, workspace);
                    least = System.Math.Min(least, System.GC.GetAllocatedBytesForCurrentThread() - before);
                }

                return least;
            }

            private static void Once(byte[] pixels, float[] values, byte[] workspace)
            {
                GlyphVerifier.Template template = GlyphVerifier.Enrol(pixels), same = GlyphVerifier.Enrol(values, workspace);
                _ = GlyphVerifier.Enrol(pixels, workspace) == GlyphVerifier.Enrol(values);
                _ = GlyphVerifier.Verify(template, same);
                _ = GlyphVerifier.Verify(template, pixels);
                _ = GlyphVerifier.Verify(template, values, workspace);
                _ = GlyphVerifier.Distance(template, same);
            }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.Int8)]
    public void Enrolling_and_verifying_allocate_nothing_after_one_call(Precision precision) =>
        Assert.Equal(0L, Compile(precision, out _).GetType("Use")!.GetMethod("Allocated")!.Invoke(null, []));

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float16)]
    [InlineData(Precision.Int8)]
    public async Task Threads_at_once_make_the_templates_that_one_makes(Precision precision)
    {
        Enrol enrol = Compile(precision, out ExportedModel model).GetType("GlyphVerifier")!.GetMethod("Enrol", [typeof(ReadOnlySpan<float>)])!.MakeBoxed();
        float[][] inputs = [.. model.Inputs()];
        using var start = new Barrier(Threads);

        // All begin with the first call of the class: what is done once must be done once.
        List<byte[][]> found = [.. await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Templates(enrol, inputs);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)))];
        byte[][] alone = Templates(enrol, inputs);
        Assert.NotEqual(alone[0], alone[^1]);
        Assert.All(found, templates => Assert.Equal(alone, templates));
    }

    private static byte[][] Templates(Enrol enrol, float[][] inputs)
    {
        const int rounds = 20;
        byte[][] templates = new byte[rounds * inputs.Length][];
        for (int i = 0; i < templates.Length; i++)
            enrol(inputs[i % inputs.Length], out templates[i]);
        return templates;
    }

    private Assembly Compile(Precision precision, out ExportedModel model)
    {
        // As it ships: where nothing is optimised, the just-in-time compiler looks constants up with an object of its own, 72 bytes each time.
        model = ExportedModel.Of(typeof(SmallGlyphs), precision, _folder.FullName);
        string source = $"[Verifier<SiameseGen.Models.SmallGlyphs>(\"SmallGlyphs.siamese\", Precision = Precision.{precision})] public static partial class GlyphVerifier;\n{Use}";
        return Generated.Load(Generated.WithGenerated(Generated.Project(source, OptimizationLevel.Release), (_folder.File("SmallGlyphs.siamese"), model.Text)));
    }
}
