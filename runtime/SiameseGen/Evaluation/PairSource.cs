using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Evaluation;

/// <summary>
/// Pairs that are read block by block, as often as they are wanted, and so need not be kept: n examples have n²/2 of them. Figures, intervals and thresholds are made of such readings.
/// </summary>
internal abstract class PairSource
{
    /// <summary>So few pairs are kept rather than computed again: they take 50 MB.</summary>
    public const int MostKept = 1 << 22;

    /// <summary>So few are kept where only one thread may ask for distances, by a function that may be slow: 200 MB.</summary>
    public const int MostKeptOfOneReader = 1 << 24;

    private long? _pairsOfSubjects;

    /// <summary>Pairs.</summary>
    public abstract long Count { get; }

    /// <summary>Blocks that they are read in.</summary>
    public abstract int Blocks { get; }

    /// <summary>Subjects (classes, people or products) that pairs are of, numbered from 0; without meaning where <see cref="KnowsSubjects"/> is false.</summary>
    public abstract int Subjects { get; }

    /// <summary>Whether it is known whose the pairs are.</summary>
    public virtual bool KnowsSubjects => true;

    /// <summary>How many two subjects there are that have pairs.</summary>
    public virtual long PairsOfSubjects => _pairsOfSubjects ??= ClosestOfSubjects(new DistanceBins([])).Sum();

    /// <summary>Whether many threads may read at once.</summary>
    public virtual bool AllowsManyReaders => true;

    /// <summary>Reads the pairs of a block.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="into">Where they go; what was there is lost.</param>
    public abstract void Read(int block, PairBlock into);

    /// <summary>Of how many two subjects the closest pair lies in each bin.</summary>
    /// <param name="bins">The bins.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public virtual long[] ClosestOfSubjects(DistanceBins bins, CancellationToken cancellationToken = default)
    {
        Dictionary<(int, int), int> closest = [];
        ReadAll(() => new Dictionary<(int, int), int>(), (block, found) =>
        {
            for (int i = 0; i < block.Count; i++)
            {
                (int left, int right) = (block.Left[i], block.Right[i]);
                if (left != right)
                    Lower(found, (Math.Min(left, right), Math.Max(left, right)), bins.Of(block.Distances[i]));
            }
        }, found =>
        {
            foreach (((int, int) subjects, int bin) in found)
                Lower(closest, subjects, bin);
        }, cancellationToken);
        long[] counts = new long[bins.Count];
        foreach (int bin in closest.Values)
            counts[bin]++;
        return counts;

        static void Lower(Dictionary<(int, int), int> bins, (int, int) subjects, int bin)
        {
            ref int before = ref CollectionsMarshal.GetValueRefOrAddDefault(bins, subjects, out bool exists);
            before = exists ? Math.Min(before, bin) : bin;
        }
    }

    /// <summary>Reads all blocks on all threads.</summary>
    /// <param name="start">Makes what a thread gathers in.</param>
    /// <param name="use">Looks at a block.</param>
    /// <param name="end">Takes what a thread has gathered; one at a time.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <typeparam name="T">What a thread gathers in.</typeparam>
    public void ReadAll<T>(Func<T> start, Action<PairBlock, T> use, Action<T> end, CancellationToken cancellationToken = default)
    {
        var gate = new Lock();
        InParallel(Blocks, Environment.ProcessorCount, () => (Block: new PairBlock(), Gathered: start()), (block, state) =>
        {
            Read(block, state.Block);
            use(state.Block, state.Gathered);
        }, state =>
        {
            lock (gate)
                end(state.Gathered);
        }, cancellationToken);
    }

    /// <summary>Does parts of some work on as many threads as may read, and throws what a part throws as it is.</summary>
    /// <param name="parts">Parts.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="start">Makes what a thread works with.</param>
    /// <param name="work">Does a part.</param>
    /// <param name="end">Takes what a thread has worked with, at its end.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <typeparam name="T">What a thread works with.</typeparam>
    public void InParallel<T>(int parts, int threads, Func<T> start, Action<int, T> work, Action<T> end, CancellationToken cancellationToken)
    {
        EnsureUnchanged();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AllowsManyReaders ? threads : 1, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, parts, options, start, (part, _, state) =>
            {
                work(part, state);
                return state;
            }, end);
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        }
    }

    /// <summary>Throws when pairs are not what they were at first: two readings would then not belong together.</summary>
    protected virtual void EnsureUnchanged()
    {
    }
}
