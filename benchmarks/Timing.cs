using System.Diagnostics;

namespace SiameseGen.Benchmarks;

/// <summary>Repeats work and takes the time of each repetition.</summary>
internal static class Timing
{
    /// <summary>Repeats for a while.</summary>
    /// <param name="work">The work.</param>
    /// <param name="duration">How long; the last repetition may end later.</param>
    /// <param name="milliseconds">Receives the time of each repetition.</param>
    public static void Repeat(Action work, TimeSpan duration, List<double> milliseconds)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
