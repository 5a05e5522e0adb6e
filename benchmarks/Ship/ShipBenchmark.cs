using System.Globalization;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>What a shipped verifier costs: the sample TinyVerifier, published as a user publishes it, beside what was asked for.</summary>
internal static class ShipBenchmark
{
    private const int Starts = 100, Pairs = 10_000;
    private const double LargestMegabytes = 1.1, LongestMilliseconds = 5, LargestResident = 4;

    /// <summary>Publishes, measures and prints.</summary>
    /// <returns>The exit code: 1 when a build warns, scores differ or something that was asked for is missed. The times are of the machine as it is: they miss when it is busy.</returns>
    public static int Run()
    {
        Console.WriteLine(Machine.Description);
        using var builds = new ShippedBuilds();
        Console.WriteLine($"published to {builds.Folder}");
        Console.WriteLine();
        List<ShipRow> rows =
        [
            ShipRow.AtMost("program, stripped, MB", Megabytes(builds.Program), LargestMegabytes, "0.00"),
            ShipRow.AtMost("shared library, stripped, MB", Megabytes(builds.Library), LargestMegabytes, "0.00"),
            ShipRow.AtMost("warnings of trimming and NativeAOT", builds.Warnings, 0, "0"),
            .. Start(builds),
            .. Scores(builds),
        ];
        rows.AddRange(EmbeddingTimes.Measure());
        ShipRow.Print(rows);
        return rows.TrueForAll(row => row.Holds) ? 0 : 1;
    }

    private static IEnumerable<ShipRow> Start(ShippedBuilds builds)
    {
        Launch[] launches = builds.LaunchProgram(Starts);
        if (launches.FirstOrDefault(launch => launch.ExitCode != 0) is { } failed)
            throw new InvalidOperationException($"The program ends with {failed.ExitCode} where the pictures are of one character.");
        double[] times = [.. launches.Select(launch => launch.Milliseconds).Order()], busy = [.. launches.Select(launch => launch.ProcessorMilliseconds).Order()];
        yield return ShipRow.AtMost($"exec to verdict on three pictures, ms, median of {Starts}", times[Starts / 2], LongestMilliseconds, "0.0");
        yield return ShipRow.Only("of which the processor works, ms", busy[Starts / 2].ToString("0.0", CultureInfo.InvariantCulture));
        yield return ShipRow.AtMost("peak resident memory, MB", launches.Max(launch => launch.PeakKibibytes) * 1024 / 1e6, LargestResident, "0.0");
    }

    private static IEnumerable<ShipRow> Scores(ShippedBuilds builds)
    {
        ScoresOutput compiled = builds.Scores(Pairs, ScoresKind.NativeAot), just = builds.Scores(Pairs, ScoresKind.JustInTime), plain = builds.Scores(Pairs, ScoresKind.WithoutAvx2);
        yield return ShipRow.Equal($"scores of {Pairs:#,0} pairs: NativeAOT as just-in-time", compiled.Scores == just.Scores);
        yield return ShipRow.Equal($"scores of {Pairs:#,0} pairs: without AVX2 as with it", plain.Scores == just.Scores);
        yield return ShipRow.Only("verification of unseen alphabets", just.Judgement);
        yield return ShipRow.Only("one enrolment, NativeAOT", compiled.Embed);
        yield return ShipRow.Only("one enrolment, just-in-time", just.Embed);
        yield return ShipRow.Only("one enrolment, just-in-time without AVX2", plain.Embed);
    }

    private static double Megabytes(string file) => new FileInfo(file).Length / 1e6;
}
