using System.Runtime.ExceptionServices;
using SiameseGen.Losses;
using SiameseGen.Search;

namespace SiameseGen.Mining;

/// <summary>
/// Finds the closest negatives of every example: blocks of examples are compared with one block of all others after the other, and each example keeps a heap of the closest so far. Which worker takes a block makes no difference.
/// </summary>
internal sealed class HardNegativeScan(HardNegativeRows rows, int perExample, float guard)
{
    // A table of 192 × 512 distances is 384 KB, which stays in the cache of a core until its rows have been read.
    private const int Block = 192, Others = 512;
    private int _taken;
    private long _guarded;

    public int PerExample { get; } = Math.Min(perExample, rows.Count);

    /// <summary>The closest of each example, closest first, <see cref="PerExample"/> places each.</summary>
    public Neighbor[] Found { get; } = new Neighbor[(long)Math.Min(perExample, rows.Count) * rows.Count];

    /// <summary>How many each example has.</summary>
    public int[] Counts { get; } = new int[rows.Count];

    public long Guarded => _guarded;

    public void Run(WorkerTeam team, CancellationToken cancellationToken)
    {
        try
        {
            team.Run(_ => Work(cancellationToken));
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }

    private void Work(CancellationToken cancellationToken)
    {
        float[] columns = new float[DistanceTiles.Padded(Others) * rows.Length], keys = new float[Block * Others];
        long guarded = 0;
        while (true)
        {
            int start = Interlocked.Add(ref _taken, Block) - Block;
            int count = Math.Min(Block, rows.Count - start);
            if (count <= 0)
                break;
            for (int other = 0; other < rows.Count; other += Others)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int others = Math.Min(Others, rows.Count - other);
                rows.Compare(start, count, other, others, columns, keys);
                for (int i = 0; i < count; i++)
                    guarded += Offer(start + i, other, keys.AsSpan(i * others, others));
            }

            for (int i = start; i < start + count; i++)
                NearestHeap.Sort(Heap(i)[..Counts[i]]);
        }

        Interlocked.Add(ref _guarded, guarded);
    }

    // Returns how many the guard kept out.
    private int Offer(int example, int firstOther, ReadOnlySpan<float> keys)
    {
        Span<Neighbor> heap = Heap(example);
        ref int count = ref Counts[example];
        float bound = count < heap.Length ? float.PositiveInfinity : heap[0].Distance.Value;
        int guarded = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            float distance = rows.Distance(example, keys[i]);
            if (!(distance < bound) || !rows.AreDifferent(example, firstOther + i))
                continue;
            if (distance < guard)
                guarded++;
            else
                bound = NearestHeap.Offer(heap, ref count, new Neighbor(firstOther + i, new Distance(distance)));
        }

        return guarded;
    }

    private Span<Neighbor> Heap(int example) => Found.AsSpan(example * PerExample, PerExample);
}
