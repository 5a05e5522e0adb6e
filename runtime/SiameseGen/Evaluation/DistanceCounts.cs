using System.Runtime.InteropServices;

namespace SiameseGen.Evaluation;

/// <summary>
/// How many pairs have which distance, ascending: all that figures of verification are made of, and far less than the pairs themselves. Pairs of one kind that follow each other are counted together where there are too many
/// distances to keep each: the curve's corners, and so areas and rates of error, stay what they are, since none of them depends on where among themselves such pairs lie. Where both kinds lie among each other every distance is kept, at
/// most as many as there are floats in their range.
/// </summary>
internal static class DistanceCounts
{
    // A million take 24 MB. Of pairs that are counted together there are at most a thousandth of those that are closer (farther, if they are similar), so that a rate of error can be met within a thousandth.
    private const int MostCells = 1 << 20;
    private const long Resolution = 1024;

    // Distances whose places have the same upper half are a part: counted one by one it takes a megabyte, so many are counted at a time.
    private const int Parts = 1 << 16, PartLength = 1 << 16, Together = 64;

    /// <summary>Counts pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="progress">Told the share that is done, 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static DistanceCount[] Of(PairSource pairs, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        Of(pairs, PairSource.MostKept, MostCells, progress, cancellationToken);

    /// <summary>Counts pairs, reading them as often as it takes to sort no more than so many at a time.</summary>
    internal static DistanceCount[] Of(PairSource pairs, int mostSorted, int mostCells, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (long Similar, long All)[] parts = CountParts(pairs, cancellationToken);
        var cells = new Cells(parts.Sum(part => part.Similar), mostCells);
        long[] counts = [];
        long done = 0;
        for (int first = 0, end = 0; done < pairs.Count; first = end)
        {
            progress?.Report((double)done / pairs.Count);
            long found = 0;
            for (int taken = 0; end < Parts && (taken < Together || found + parts[end].All <= mostSorted); end++)
            {
                found += parts[end].All;
                taken += parts[end].All > 0 ? 1 : 0;
            }

            if (found <= mostSorted)
                Sort(pairs, first, end, (int)found, cells, cancellationToken);
            else
                Count(pairs, [.. Enumerable.Range(first, end - first).Where(part => parts[part].All > 0)], ref counts, cells, cancellationToken);
            done += found;
        }

        progress?.Report(1);
        return cells.ToArray();
    }

    private static (long Similar, long All)[] CountParts(PairSource pairs, CancellationToken cancellationToken)
    {
        var sums = new (long Similar, long All)[Parts];
        pairs.ReadAll(() => new (long Similar, long All)[Parts], (block, counts) =>
        {
            ReadOnlySpan<float> distances = block.Distances;
            ReadOnlySpan<int> left = block.Left, right = block.Right;
            for (int i = 0; i < distances.Length; i++)
            {
                ref (long Similar, long All) count = ref counts[DistanceBins.Place(distances[i]) / PartLength];
                count.All++;
                count.Similar += left[i] == right[i] ? 1 : 0;
            }
        }, counts =>
        {
            for (int part = 0; part < Parts; part++)
                sums[part] = (sums[part].Similar + counts[part].Similar, sums[part].All + counts[part].All);
        }, cancellationToken);
        return sums;
    }

    // Of few pairs all are kept for a while, each as its place, and below it a bit for its kind.
    private static void Sort(PairSource pairs, int first, int end, int count, Cells cells, CancellationToken cancellationToken)
    {
        var all = new List<ulong>(count);
        pairs.ReadAll(() => new List<ulong>(), (block, found) =>
        {
            ReadOnlySpan<float> distances = block.Distances;
            ReadOnlySpan<int> left = block.Left, right = block.Right;
            for (int i = 0; i < distances.Length; i++)
            {
                uint place = DistanceBins.Place(distances[i]);
                if (place / PartLength >= first && place / PartLength < end)
                    found.Add(((ulong)place << 1) | (left[i] == right[i] ? 0u : 1u));
            }
        }, all.AddRange, cancellationToken);
        all.Sort();
        for (int i = 0, next = 0; i < all.Count; i = next)
        {
            int dissimilar = 0;
            for (; next < all.Count && all[next] >> 1 == all[i] >> 1; next++)
                dissimilar += (int)(all[next] & 1);
            cells.Add(DistanceBins.At((uint)(all[i] >> 1)), next - i - dissimilar, dissimilar);
        }
    }

    // Of many pairs only how many there are at each place.
    private static void Count(PairSource pairs, int[] parts, ref long[] room, Cells cells, CancellationToken cancellationToken)
    {
        int[] slotOf = new int[Parts];
        for (int slot = 0; slot < parts.Length; slot++)
            slotOf[parts[slot]] = slot + 1;
        long[] counts = room = room.Length > 0 ? room : new long[2 * PartLength * Together];
        Array.Clear(counts);
        pairs.ReadAll(() => 0, (block, _) =>
        {
            ReadOnlySpan<float> distances = block.Distances;
            ReadOnlySpan<int> left = block.Left, right = block.Right;
            for (int i = 0; i < distances.Length; i++)
            {
                uint place = DistanceBins.Place(distances[i]);
                if (slotOf[place / PartLength] is > 0 and var slot)
                    Interlocked.Increment(ref counts[(2 * (((slot - 1) * PartLength) + (place % PartLength))) + (left[i] == right[i] ? 0 : 1)]);
            }
        }, _ => { }, cancellationToken);
        for (int i = 0; i < 2 * PartLength * parts.Length; i += 2)
        {
            if (counts[i] + counts[i + 1] > 0)
                cells.Add(DistanceBins.At((uint)((parts[i / (2 * PartLength)] * (long)PartLength) + (i / 2 % PartLength))), counts[i], counts[i + 1]);
        }
    }

    // Counts in ascending order, made fewer whenever they are too many.
    private sealed class Cells(long similar, int most)
    {
        private readonly List<DistanceCount> _cells = [];
        private int _most = most;

        public void Add(float distance, long ofSimilar, long ofDissimilar)
        {
            _cells.Add(new DistanceCount(distance, distance, ofSimilar, ofDissimilar));
            if (_cells.Count <= _most)
                return;
            Shorten();

            // What is left lies among pairs of the other kind, and is kept however much it is.
            _most = Math.Max(_most, 2 * _cells.Count);
        }

        public DistanceCount[] ToArray() => [.. _cells];

        private void Shorten()
        {
            long beyond = similar, before = 0;
            int count = 0;
            foreach (DistanceCount cell in CollectionsMarshal.AsSpan(_cells))
            {
                beyond -= cell.Similar;
                if (count > 0 && _cells[count - 1] is var last && CanJoin(last, cell, beyond, before))
                {
                    _cells[count - 1] = new DistanceCount(last.Least, cell.Most, last.Similar + cell.Similar, last.Dissimilar + cell.Dissimilar);
                }
                else
                {
                    before += count > 0 ? _cells[count - 1].Dissimilar : 0;
                    _cells[count++] = cell;
                }
            }

            _cells.RemoveRange(count, _cells.Count - count);
        }

        private static bool CanJoin(DistanceCount last, DistanceCount cell, long beyond, long before) =>
            (last.Similar == 0 && cell.Similar == 0 && (last.Dissimilar + cell.Dissimilar) * Resolution <= before)
            || (last.Dissimilar == 0 && cell.Dissimilar == 0 && (last.Similar + cell.Similar) * Resolution <= beyond);
    }
}
