namespace SiameseGen.Benchmarks;

/// <summary>One of two that do the same work and are timed side by side.</summary>
internal interface IContestant
{
    /// <summary>How the report calls it.</summary>
    string Name { get; }

    /// <summary>Works for a while.</summary>
    /// <param name="duration">How long; the last step may end later.</param>
    /// <param name="milliseconds">Receives the time of each step.</param>
    void Run(TimeSpan duration, List<double> milliseconds);
}
