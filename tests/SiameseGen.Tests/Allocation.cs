namespace SiameseGen.Tests;

/// <summary>What a piece of work allocates once it is warm.</summary>
internal static class Allocation
{
    private const int Runs = 30;

    /// <summary>
    /// The least bytes of many runs on this thread. While code is still being compiled in tiers, and when another test's thread collects garbage in between, a run is
    /// charged for what it has not allocated; what allocates by itself does so in every one.
    /// </summary>
    public static long Least(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Runs && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
