namespace SiameseGen.Sampling;

/// <summary>Cuts a number of things into parts that differ by one at most, so that no part is much smaller than the others.</summary>
internal readonly struct EvenParts
{
    private readonly long _count;

    /// <param name="count">Things, 1 or more.</param>
    /// <param name="most">Most things in a part.</param>
    /// <param name="what">What they are, for the exception.</param>
    /// <exception cref="ArgumentException">There are more parts than an epoch can have.</exception>
    public EvenParts(long count, int most, string what)
    {
        _count = count;
        long parts = ((count - 1) / most) + 1;
        Parts = parts <= int.MaxValue
            ? (int)parts
            : throw new ArgumentException($"{count} {what} in batches of {most} make {parts} batches, more than an epoch can have. Use larger batches, or limit what is taken.");
    }

    public int Parts { get; }

    /// <summary>Where a part begins; it ends where the next one begins.</summary>
    public long Start(int part) => Share(_count, part, Parts);

    /// <summary>count · part ÷ whole, rounded down.</summary>
    public static long Share(long count, long part, long whole) => (long)((Int128)count * part / whole);
}
