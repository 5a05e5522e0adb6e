namespace SiameseGen.Benchmarks.Peers;

/// <summary>One line of the comparison.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Milliseconds">Median time of SiameseGen's call.</param>
/// <param name="GigaflopsPerSecond">By the plain count of multiply-adds, two operations each.</param>
/// <param name="Peers">The others.</param>
/// <param name="AllocatedBytes">Bytes that a call of SiameseGen allocates, on average.</param>
internal sealed record PeerRow(string Work, double Milliseconds, double GigaflopsPerSecond, IReadOnlyList<PeerTime> Peers, double? AllocatedBytes)
{
    /// <summary>The share of the measured peak; more than 1 where fewer multiply-adds are performed than counted.</summary>
    public double ShareOfPeak { get; init; }

    /// <summary>What the project promises against which peer; null for no promise.</summary>
    public PeerPromise? Promise { get; init; }

    /// <summary>The promised share of the peak; null for no promise.</summary>
    public double? PromisedShare { get; init; }
}

/// <summary>A peer's time of the same work.</summary>
/// <param name="Name">Who.</param>
/// <param name="Milliseconds">Median time of a call.</param>
/// <param name="Ratio">How many times as fast SiameseGen is: median over the rounds.</param>
/// <param name="Smallest">The smallest ratio of a round.</param>
/// <param name="Largest">The largest ratio of a round.</param>
internal sealed record PeerTime(string Name, double Milliseconds, double Ratio, double Smallest, double Largest);

/// <summary>How many times as fast as a peer SiameseGen is to be.</summary>
/// <param name="Peer">Who; what the peer's name begins with.</param>
/// <param name="Ratio">At least so many times.</param>
internal sealed record PeerPromise(string Peer, double Ratio);
