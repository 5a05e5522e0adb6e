using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Evaluation;

/// <summary>
/// How often pairs of each kind lie in each bin when subjects are drawn with repetition: a similar pair counts as often as its subject was drawn, a dissimilar one as often as its two were, times each other (Snijders and Borgatti,
/// "Non-Parametric Standard Errors and Tests for Network Statistics", 1999; Bolle, Ratha and Pankanti, "Error Analysis of Pattern Recognition Systems: the Subsets Bootstrap", 2004).
/// </summary>
/// <remarks>Pairs are read once for some drawings at a time, each of which adds its own number where the pair lies; so that they need not be kept. The numbers are whole, and sums of them exact in any order.</remarks>
internal static class DrawnCounts
{
    private const int MostThreads = 8, Least = 32, Most = 512, Waiting = 4096;

    // Numbers of a thread: eight megabytes, so that even the last level of a small cache holds most of them.
    private const int MostNumbers = 1 << 20;
    private const ulong Seed = 95;

    /// <summary>Takes what one drawing counts.</summary>
    /// <param name="drawing">The drawing's number.</param>
    /// <param name="similar">Of each bin, how often its similar pairs were drawn.</param>
    /// <param name="dissimilar">The same of its dissimilar pairs.</param>
    public delegate void Use(int drawing, ReadOnlySpan<double> similar, ReadOnlySpan<double> dissimilar);

    /// <summary>Draws subjects, and gives the counts of each drawing. Drawings come in any order, on many threads.</summary>
    /// <param name="pairs">Pairs whose subjects are known.</param>
    /// <param name="bins">The bins.</param>
    /// <param name="drawings">Drawings.</param>
    /// <param name="use">Takes the counts.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Each(PairSource pairs, DistanceBins bins, int drawings, Use use, CancellationToken cancellationToken = default)
    {
        // As many at a time as there is room for, so that pairs are read few times, and as few as leave work for every thread.
        int threads = pairs.AllowsManyReaders ? Math.Min(MostThreads, Environment.ProcessorCount) : 1, room = MostNumbers / (pairs.Subjects + (2 * bins.Count));
        int together = (Math.Clamp(Math.Min(room, (drawings + threads - 1) / threads), Least, Most) + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        pairs.InParallel((drawings + together - 1) / together, threads, () => new Sums(pairs.Subjects, bins.Count, together), (round, sums) =>
        {
            int first = round * together, count = Math.Min(together, drawings - first);
            for (int i = 0; i < count; i++)
                sums.Draw(i, Drawing(pairs.Subjects, first + i));
            sums.Clear();
            for (int block = 0; block < pairs.Blocks; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                pairs.Read(block, sums.Block);
                sums.AddBlock(bins);
            }

            sums.AddWaiting();
            for (int i = 0; i < count; i++)
                sums.Give(i, first + i, use);
        }, _ => { }, cancellationToken);
    }

    /// <summary>How often each subject was drawn.</summary>
    /// <param name="subjects">Subjects.</param>
    /// <param name="drawing">The drawing's number.</param>
    public static int[] Drawing(int subjects, int drawing)
    {
        int[] counts = new int[subjects];
        var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)drawing);
        for (int i = 0; i < counts.Length; i++)
            counts[random.NextInt32(counts.Length)]++;
        return counts;
    }

    /// <summary>How drawings are made, in words, so that they can be made again.</summary>
    /// <param name="subjects">Subjects.</param>
    /// <param name="drawings">Drawings.</param>
    public static string Words(int subjects, int drawings) => FormattableString.Invariant($"over {subjects:#,0} classes, {drawings:#,0} resamples, seed {Seed}");

    // The sums of some drawings; a subject's and a bin's numbers of all of them lie side by side.
    private sealed class Sums(int subjects, int bins, int together)
    {
        private readonly double[] _times = new double[subjects * together];
        private readonly double[] _similar = new double[bins * together];
        private readonly double[] _dissimilar = new double[bins * together];
        private readonly (int Left, int Right, int Bin, long Pairs)[] _waiting = new (int, int, int, long)[Waiting];
        private readonly double[] _ofSimilar = new double[bins];
        private readonly double[] _ofDissimilar = new double[bins];

        public PairBlock Block { get; } = new();

        public void Draw(int place, int[] counts)
        {
            for (int subject = 0; subject < counts.Length; subject++)
                _times[(subject * together) + place] = counts[subject];
        }

        public void Clear()
        {
            Array.Clear(_similar);
            Array.Clear(_dissimilar);
        }

        public void AddBlock(DistanceBins bins)
        {
            ReadOnlySpan<float> distances = Block.Distances;
            ReadOnlySpan<int> left = Block.Left, right = Block.Right;
            for (int i = 0; i < distances.Length; i++)
            {
                // Where few bins are wanted, most pairs of two subjects lie in the same, and are added together.
                int bin = bins.Of(distances[i]);
                ref (int Left, int Right, int Bin, long Pairs) waiting = ref _waiting[(int)(((uint)left[i] * 0x9E37_79B1) + ((uint)right[i] * 0x85EB_CA77) + (uint)bin) & (Waiting - 1)];
                if (waiting.Left == left[i] && waiting.Right == right[i] && waiting.Bin == bin)
                {
                    waiting.Pairs++;
                    continue;
                }

                Add(waiting);
                waiting = (left[i], right[i], bin, 1);
            }
        }

        public void AddWaiting()
        {
            foreach (ref (int Left, int Right, int Bin, long Pairs) waiting in _waiting.AsSpan())
            {
                Add(waiting);
                waiting.Pairs = 0;
            }
        }

        public void Give(int place, int drawing, Use use)
        {
            for (int bin = 0; bin < _ofSimilar.Length; bin++)
                (_ofSimilar[bin], _ofDissimilar[bin]) = (_similar[(bin * together) + place], _dissimilar[(bin * together) + place]);
            use(drawing, _ofSimilar, _ofDissimilar);
        }

        private void Add((int Left, int Right, int Bin, long Pairs) waiting)
        {
            if (waiting.Pairs == 0)
                return;
            ReadOnlySpan<Vector256<double>> left = Of(_times, waiting.Left), right = Of(_times, waiting.Right);
            if (waiting.Left == waiting.Right)
            {
                Span<Vector256<double>> similar = Of(_similar, waiting.Bin);
                for (int i = 0; i < similar.Length; i++)
                    similar[i] += left[i] * waiting.Pairs;
                return;
            }

            Span<Vector256<double>> dissimilar = Of(_dissimilar, waiting.Bin);
            for (int i = 0; i < dissimilar.Length; i++)
                dissimilar[i] += left[i] * right[i] * waiting.Pairs;
        }

        private Span<Vector256<double>> Of(double[] numbers, int row) => MemoryMarshal.Cast<double, Vector256<double>>(numbers.AsSpan(row * together, together));
    }
}
