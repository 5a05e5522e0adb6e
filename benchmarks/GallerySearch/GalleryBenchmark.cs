using SiameseGen.Benchmarks.Models;
using SiameseGen.Search;

namespace SiameseGen.Benchmarks.GallerySearch;

/// <summary>Exact search among a million embeddings, against a plain read of the same bytes, on one thread.</summary>
internal static class GalleryBenchmark
{
    private const int Queries = 32, K = 10;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="rows">Embeddings in the gallery.</param>
    /// <param name="seconds">Seconds of each measurement.</param>
    public static void Run(int rows, int seconds)
    {
        int length = new MlpEncoder().Parameters.Info.EmbeddingLength;
        Console.WriteLine(Machine.Description);
        Console.WriteLine($"{rows:N0} embeddings of {length} numbers, squared Euclidean distance, the {K} nearest, one thread");
        Console.WriteLine();
        MlpEncoder.Embedding[] queries = [.. Enumerable.Range(0, Queries).Select(i => Random(2, i, length))];
        foreach (GalleryPrecision precision in Enum.GetValues<GalleryPrecision>())
        {
            var gallery = new Gallery<MlpEncoder.Embedding>(DistanceMetric.SquaredEuclidean, precision, rows);
            for (int i = 0; i < rows; i++)
                gallery.Add(Random(1, i, length));

            PlainRead unrolled = new(gallery.Rows, unrolled: true), steady = new(gallery.Rows, unrolled: false);
            var together = new GallerySearchers(gallery, queries, K);
            IContestant[] contestants = [together.OneByOne, unrolled, steady, together];
            Alternation timing = Alternation.Among(contestants, Math.Max(7, seconds), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(1));

            // The faster way to read is what search is compared with.
            int fastest = timing.Milliseconds(1) <= timing.Milliseconds(2) ? 1 : 2;
            double bytes = unrolled.Bytes, one = timing.Milliseconds(0), read = timing.Milliseconds(fastest), all = timing.Milliseconds(3);
            Console.WriteLine(
                $"{precision,-8} {bytes / 1e6,4:F0} MB: search {one,6:F2} ms ({bytes / one / 1e6:F1} GB/s), "
                + $"{contestants[fastest].Name} {read,6:F2} ms ({bytes / read / 1e6:F1} GB/s): {timing.Ratio(fastest):P0} of its speed "
                + $"({timing.SmallestRatio(fastest):P0} to {timing.LargestRatio(fastest):P0} over {timing.Rounds} rounds)");
            Console.WriteLine(
                $"         {Queries} queries together {all:F1} ms, {Queries / all * 1000:F0} queries/s instead of {1000 / one:F0}; "
                + $"{together.Allocations(3)} bytes allocated");
        }
    }

    private static MlpEncoder.Embedding Random(ulong seed, int index, int length)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)index);
        Span<float> values = stackalloc float[length];
        foreach (ref float value in values)
            value = random.NextSingle(-0.2f, 0.2f);
        return MlpEncoder.Embedding.From(values);
    }
}
