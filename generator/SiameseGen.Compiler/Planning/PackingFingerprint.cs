using SiameseGen.Compiler.Emission;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>What prepared weights are worth to somebody else: the kernels that they were folded and packed for, their places, and the order in which kernels keep them.</summary>
internal static class PackingFingerprint
{
    /// <summary>Counts the ways in which kernels have packed weights. Raise it whenever a kernel's <c>Prepare</c> gives other bits for the same weights: artifacts that were packed before are refused then.</summary>
    public const int Version = 2;

    /// <summary>64 hexadecimal digits. Of one architecture, equal ones mean that weights prepared by one program may be read by the other.</summary>
    /// <param name="schedule">The schedule that weights are prepared for.</param>
    public static string Of(InferenceSchedule schedule) => Fingerprint.Of(string.Join("\n", Lines(schedule)));

    // Sizes and kernels that the plan has chosen. What else a kernel's shape says follows from the architecture, which is compared by itself.
    private static IEnumerable<string> Lines(InferenceSchedule schedule)
    {
        yield return Invariant($"packing {Version}, {schedule.PreparedLength} floats");
        foreach (Step step in schedule.Steps.Where(step => step.Lowering.Prepared > 0))
            yield return Invariant($"{step.Lowering.Kernel} {step.Layer.Input} -> {step.Layer.Output} @{step.Prepared} +{step.Lowering.Prepared}{(step.Folded is null ? "" : ", folded")}");
    }
}
