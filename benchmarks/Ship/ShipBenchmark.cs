using System.Globalization;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>What a shipped verifier costs: the sample TinyVerifier, published as a user publishes it, beside what was asked for.</summary>
internal static class ShipBenchmark
{
    private const int Starts = 100, NativeRuns = 5;
    private const double LargestMegabytes = 1.1, LongestMilliseconds = 5, LargestResident = 4;

    /// <summary>Publishes, measures and prints.</summary>
    /// <param name="onlyEmbedding">Whether to publish nothing, and measure one embedding only.</param>
    /// <returns>The exit code: 1 when a build warns, scores differ or something that was asked for is missed. The times are of the machine as it is: they miss when it is busy.</returns>
    public static int Run(bool onlyEmbedding)
    {
        Console.WriteLine(Machine.Description);
        if (onlyEmbedding)
            return Print([.. EmbeddingTimes.Measure()]);
        using var builds = new ShippedBuilds();
        Console.WriteLine($"published to {builds.Folder}");
        Console.WriteLine();
        var targets = new ScoreTargets(builds);
        return Print(
        [
            ShipRow.AtMost("program, stripped, MB", Megabytes(builds.Program), LargestMegabytes, "0.00"),
            .. Start(builds),
            ShipRow.AtMost("shared library, stripped, MB", Megabytes(builds.Library), LargestMegabytes, "0.00"),
            .. targets.Sizes(),
            .. targets.Compare(),
            .. EmbeddingTimes.Measure(),
            ShipRow.Only("one embedding, NativeAOT, 8-bit integers, µs", NativeEmbedding(builds)),
            ShipRow.AtMost("warnings of trimming and NativeAOT", builds.Warnings, 0, "0"),
            .. DamagedArtifacts.Read(),
            .. new FloatVerifiers(builds).Compare(),
        ]);
    }

    private static int Print(List<ShipRow> rows)
    {
        ShipRow.Print(rows);
        return rows.TrueForAll(row => row.Holds) ? 0 : 1;
    }

    private static IEnumerable<ShipRow> Start(ShippedBuilds builds)
    {
        string[] pictures = [ShippedBuilds.Picture("glyphA-1"), ShippedBuilds.Picture("glyphA-3")];
        builds.Start(Starts / 10, builds.Program, pictures);
        Launch[] empty = builds.Start(Starts, builds.EmptyProgram), launches = builds.Start(Starts, builds.Program, pictures);
        if (launches.FirstOrDefault(launch => launch.ExitCode != 0) is { } failed)
            throw new InvalidOperationException($"The program ends with {failed.ExitCode} where the pictures are of one character.");
        double Median(IEnumerable<double> values) => values.Order().ElementAt(Starts / 2);
        string Milliseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
        yield return ShipRow.AtMost($"exec to verdict, two embeddings, ms, median of {Starts}", Median(launches.Select(launch => launch.Milliseconds)), LongestMilliseconds, "0.0");
        yield return ShipRow.Only("of which the processor works, ms", Milliseconds(Median(launches.Select(launch => launch.ProcessorMilliseconds))));
        yield return ShipRow.Only("exec to exit of a program in C that does nothing, ms", Milliseconds(Median(empty.Select(launch => launch.Milliseconds))));
        yield return ShipRow.AtMost("peak resident memory, MB", launches.Max(launch => launch.PeakKibibytes) * 1024 / 1e6, LargestResident, "0.0");
    }

    // The program of scores says it last: "embed 31.8 us".
    private static string NativeEmbedding(ShippedBuilds builds) => Enumerable.Range(0, NativeRuns)
        .Select(_ => Tools.Run(builds.Folder, builds.Scores, "2", "1").Split(' ')[^2])
        .OrderBy(microseconds => double.Parse(microseconds, CultureInfo.InvariantCulture)).ElementAt(NativeRuns / 2);

    private static double Megabytes(string file) => new FileInfo(file).Length / 1e6;
}
