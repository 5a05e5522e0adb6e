using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Benchmarks;

/// <summary>The machine that figures come from.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, system and .NET in a line.</summary>
    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} cores, {Vectors}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private static string Vectors => Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2";

    private static string Processor
    {
        get
        {
            const string list = "/proc/cpuinfo";
            IEnumerable<string> lines = File.Exists(list) ? File.ReadLines(list) : [];
            return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } model
                ? model[(model.IndexOf(':', StringComparison.Ordinal) + 2)..]
                : RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
