using System.Runtime.Intrinsics;
using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

/// <summary>On the published files: what comparing pixels reaches is known, so a reader that reaches anything else reads them wrongly.</summary>
public class OmniglotDataTests
{
    [Fact]
    public void Pixels_alone_answer_19_percent_of_the_published_runs()
    {
        IReadOnlyList<OmniglotRun> runs = Data().ReadRuns();
        Assert.Equal(20, runs.Count);
        OneShotResult result = Measure(runs, pictures => EmbeddedExamples.RawInputs(Set(pictures)));
        Assert.Equal(0.19, result.Accuracy, 1e-9);
        Assert.Equal(400, result.Trials);
    }

    // Dubuisson and Jain, "A modified Hausdorff distance for object matching", 1994: the baseline that was published with the runs.
    [Fact]
    public void Modified_hausdorff_distance_of_centred_ink_answers_61_25_percent_of_the_published_runs()
    {
        OneShotResult result = Measure(Data().ReadRuns(), pictures =>
        {
            Ink[] ink = [.. pictures.Select(CentredInk)];
            return EmbeddedExamples.ByDistance((i, j) => MathF.Max(MeanNearest(ink[i], ink[j]), MeanNearest(ink[j], ink[i])), Classes);
        });
        Assert.Equal(0.6125, result.Accuracy, 1e-9);
    }

    [Fact]
    public void The_sets_have_their_published_sizes()
    {
        (int Drawings, int Characters, int Alphabets, int Drawers) Size(IEnumerable<OmniglotDrawing> drawings)
        {
            (string Alphabet, string Character, int Drawer)[] all = [.. drawings.Select(drawing => (drawing.Alphabet, drawing.Character, drawing.Drawer))];
            return (
                all.Length, all.Select(drawing => (drawing.Alphabet, drawing.Character)).Distinct().Count(),
                all.Select(drawing => drawing.Alphabet).Distinct().Count(), all.Select(drawing => drawing.Drawer).Distinct().Count());
        }

        Omniglot omniglot = Data();
        Assert.Equal((19_280, 964, 30, 20), Size(omniglot.ReadBackground()));
        Assert.Equal((13_180, 659, 20, 20), Size(omniglot.ReadEvaluation()));
    }

    // Of a run: 20 supports and then 20 queries in the order of their answers.
    private static int[] Classes => [.. Enumerable.Range(0, 40).Select(i => i % 20)];

    private static OneShotResult Measure(IReadOnlyList<OmniglotRun> runs, Func<Picture[], EmbeddedExamples> examples) => OneShotRuns.Measure([.. runs.Select(run =>
        new OneShotRun(
            examples([.. run.Support, .. Enumerable.Range(0, 20).Select(answer => run.Queries[run.Answers.ToList().IndexOf(answer)])]),
            [.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 20)]))]);

    private static ExampleSet Set(Picture[] pictures)
    {
        var builder = new ExampleSetBuilder(105 * 105);
        for (int i = 0; i < pictures.Length; i++)
            builder.Add(pictures[i].Pixels, Classes[i].ToString(System.Globalization.CultureInfo.InvariantCulture));
        return builder.Build();
    }

    private static Ink CentredInk(Picture picture)
    {
        int width = picture.Width;
        (int X, int Y)[] ink = [.. Enumerable.Range(0, picture.Pixels.Length).Where(i => picture.Pixels[i] == 0).Select(i => (i % width, i / width))];
        float middleX = (float)ink.Average(point => point.X), middleY = (float)ink.Average(point => point.Y);
        int padded = (ink.Length + 7) / 8 * 8; // with the last point again, which no minimum minds
        (float X, float Y)[] centred = [.. Enumerable.Range(0, padded).Select(i => ink[Math.Min(i, ink.Length - 1)]).Select(point => (point.X - middleX, point.Y - middleY))];
        return new Ink(ink.Length, [.. centred.Select(point => point.X)], [.. centred.Select(point => point.Y)]);
    }

    private static float MeanNearest(Ink from, Ink to)
    {
        double sum = 0;
        for (int i = 0; i < from.Count; i++)
        {
            Vector256<float> x = Vector256.Create(from.X[i]), y = Vector256.Create(from.Y[i]), nearest = Vector256.Create(float.PositiveInfinity);
            for (int k = 0; k < to.X.Length; k += 8)
            {
                Vector256<float> across = x - Vector256.Create(to.X, k), down = y - Vector256.Create(to.Y, k);
                nearest = Vector256.Min(nearest, (across * across) + (down * down));
            }

            float least = nearest[0];
            for (int lane = 1; lane < 8; lane++)
                least = MathF.Min(least, nearest[lane]);
            sum += MathF.Sqrt(least);
        }

        return (float)(sum / from.Count);
    }

    private static Omniglot Data()
    {
        string? data = Environment.GetEnvironmentVariable("SIAMESEGEN_DATA");
        string folder = Path.Combine(data ?? "", "omniglot");
        Assert.SkipWhen(
            data is null || !Directory.Exists(folder),
            "Needs the Omniglot data: set SIAMESEGEN_DATA to a folder with omniglot/images_background.zip, images_evaluation.zip and all_runs.zip.");
        return new Omniglot(folder);
    }

    private sealed record Ink(int Count, float[] X, float[] Y);
}
