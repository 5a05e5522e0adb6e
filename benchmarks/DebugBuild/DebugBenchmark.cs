using System.Globalization;
using System.Runtime.CompilerServices;

namespace SiameseGen.Benchmarks.DebugBuild;

/// <summary>
/// How fast a user's project trains in a Debug build, where the compiler optimises nothing of the user's own code and nothing that is generated
/// into it, against its Release build. The runtime is the optimised one in both, as it is for users of the package.
/// </summary>
internal static class DebugBenchmark
{
    private const double LeastShare = 0.8;
    private const string RuntimeIsOptimised = "runtime optimised, user's code ";

    /// <summary>Builds and measures.</summary>
    /// <param name="threads">Threads of either build.</param>
    /// <param name="seconds">Seconds of measurement for each network.</param>
    /// <returns>The exit code: 1 when a Debug build trains at less than 80 % of the speed of Release.</returns>
    public static int Run(int threads, int seconds)
    {
        string project = Path.Combine(Root(), "UserProject", "UserProject.csproj");
        UserProcess.Build(project, "Debug");
        UserProcess.Build(project, "Release");
        Console.WriteLine(Machine.Description);
        Console.WriteLine($"Contrastive loss, AdamW, 64 pairs of 28 × 28 a step; threads: {threads}");
        Console.WriteLine();
        bool conv4 = Measure("Conv4-64", "conv4"), small = Measure("small", "small");
        return conv4 && small ? 0 : 1;

        bool Measure(string title, string encoder)
        {
            string count = threads.ToString(CultureInfo.InvariantCulture);
            using UserProcess debug = UserProcess.Start(project, "Debug", encoder, count);
            using UserProcess release = UserProcess.Start(project, "Release", encoder, count);
            Require(debug, RuntimeIsOptimised + "not optimised");
            Require(release, RuntimeIsOptimised + "optimised");
            Alternation timing = Alternation.Between(debug, release, seconds);
            bool fast = timing.Ratio() >= LeastShare;
            Console.WriteLine(
                $"{title,-10} Debug {timing.Milliseconds(0),8:F2} ms/step, Release {timing.Milliseconds(1),8:F2} ms/step: {timing.Ratio():P0} of Release's speed "
                + $"({timing.Rounds} rounds, {timing.SmallestRatio():P0} to {timing.LargestRatio():P0}), "
                + (fast ? "enough" : $"LESS THAN {LeastShare:P0}"));
            return fast;
        }
    }

    private static void Require(UserProcess process, string expected)
    {
        if (process.Optimisation != expected)
            throw new InvalidOperationException($"The {process.Name} build says '{process.Optimisation}' where '{expected}' is to be measured.");
    }

    // The folder of the benchmarks' sources, known from the path of this file when it was compiled.
    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, ".."));
}
