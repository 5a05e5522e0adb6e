using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>Single kernels under BenchmarkDotNet.</summary>
internal static class KernelsBenchmark
{
    /// <summary>Runs the suites that the arguments choose, all unless told otherwise.</summary>
    /// <param name="quick">Whether to measure briefly.</param>
    /// <param name="arguments">Arguments of BenchmarkDotNet, such as <c>--filter *Convolution*</c>.</param>
    /// <returns>The exit code: 1 when the arguments choose nothing or a benchmark fails.</returns>
    public static int Run(bool quick, string[] arguments)
    {
        // In this process: a project for each suite would copy libtorch, half a gigabyte.
        Job job = (quick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        IConfig config = DefaultConfig.Instance.AddJob(job);
        string[] chosen = arguments.Length == 0 ? ["--filter", "*"] : arguments;
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(KernelsBenchmark).Assembly).Run(chosen, config).ToList();
        bool complete = summaries.Count > 0 && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
        return complete ? 0 : 1;
    }
}
