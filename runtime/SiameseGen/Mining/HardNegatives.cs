using SiameseGen.Search;

namespace SiameseGen.Mining;

/// <summary>For each example of a set, the closest examples of other classes: found among all of them, not within a batch.</summary>
public sealed class HardNegatives
{
    private readonly Neighbor[] _found;
    private readonly int[] _counts;
    private readonly int _perExample;

    private HardNegatives(HardNegativeScan scan, float? guard)
    {
        (_found, _counts, _perExample) = (scan.Found, scan.Counts, scan.PerExample);
        Guarded = scan.Guarded;
        GuardDistance = guard;
    }

    /// <summary>Examples in the set.</summary>
    public int Count => _counts.Length;

    /// <summary>The distance below which no negative was taken; null without such a guard.</summary>
    public float? GuardDistance { get; }

    /// <summary>Pairs of different classes that the guard kept from being taken, each counted from both sides.</summary>
    public long Guarded { get; }

    /// <summary>The closest negatives of an example, closest first; fewer than asked for only where there are no more.</summary>
    /// <param name="example">0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<Neighbor> Of(int example) => _found.AsSpan(example * _perExample, _counts[example]);

    /// <summary>Compares all examples with all others, a block with a block at a time; nothing as large as the table of all distances is ever kept.</summary>
    /// <param name="embeddings">The examples' embeddings, such as <see cref="BulkEmbedder"/> makes.</param>
    /// <param name="metric">The distance, usually the encoder's.</param>
    /// <param name="classes">The class of each example.</param>
    /// <param name="options">How many, and the guard; null for the defaults.</param>
    /// <param name="team">The threads; null for a team of one thread a core that lasts for this call. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The closest negatives of each example.</returns>
    /// <exception cref="ArgumentException">There are not as many classes as embeddings, an embedding is not finite, or the options are for another number of examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public static HardNegatives Find(
        EmbeddingMatrix embeddings, DistanceMetric metric, ReadOnlySpan<int> classes, HardNegativeOptions? options = null, WorkerTeam? team = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        options ??= new HardNegativeOptions();
        options.CheckFor(embeddings.Count);
        if (classes.Length != embeddings.Count)
            throw new ArgumentException($"There are {classes.Length} classes for {embeddings.Count} embeddings.", nameof(classes));
        if (!IsFinite(embeddings.Values))
            throw new ArgumentException("An embedding is not made of finite numbers, so it has no neighbors.", nameof(embeddings));

        using WorkerTeam? own = team is null ? new WorkerTeam() : null;
        var rows = new HardNegativeRows(embeddings, metric, classes, options.MayBeSame);
        float? guard = options.GuardDistance;
        if (options.GuardShare > 0)
        {
            // One more round for the closest of each, as nobody knows beforehand how many would have to be kept.
            var closest = new HardNegativeScan(rows, 1, float.NegativeInfinity);
            closest.Run(team ?? own!, cancellationToken);
            float[] sorted = [.. Enumerable.Range(0, rows.Count).Where(i => closest.Counts[i] > 0).Select(i => closest.Found[i].Distance.Value).Order()];
            if (sorted.Length > 0)
                guard = MathF.Max(guard ?? float.NegativeInfinity, sorted[(int)(sorted.Length * options.GuardShare)]);
        }

        var scan = new HardNegativeScan(rows, options.PerExample, guard ?? float.NegativeInfinity);
        scan.Run(team ?? own!, cancellationToken);
        return new HardNegatives(scan, guard);
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
