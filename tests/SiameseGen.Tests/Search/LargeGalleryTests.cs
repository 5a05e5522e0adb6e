using SiameseGen.Search;
using Xunit;

namespace SiameseGen.Tests.Search;

/// <summary>A search among very many finds what comparing in double precision finds. SIAMESEGEN_LARGE=1 takes a million rows.</summary>
public class LargeGalleryTests
{
    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.SquaredEuclidean)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Manhattan)]
    public void The_ten_nearest_are_those_of_double_precision_up_to_ties_by_rounding(DistanceMetric metric)
    {
        int count = Environment.GetEnvironmentVariable("SIAMESEGEN_LARGE") == "1" ? 1_000_000 : 20_000;
        const int K = 10, Queries = 4;
        var random = new CounterRandom(11, CounterRandom.Purpose.Data, 0);
        var rows = new EmbeddingMatrix(count + Queries, Length64.Length);
        foreach (ref float value in rows.Values)
            value = random.NextSingle(-1, 1);
        var gallery = new Gallery<Embedding<Length64>>(metric, capacity: count);
        for (int i = 0; i < count; i++)
            gallery.Add(Embedding<Length64>.From(rows.Row(i)));

        var found = new Neighbor[K];
        for (int query = 0; query < Queries; query++)
        {
            int asked = count + query;
            Assert.Equal(K, gallery.Search(Embedding<Length64>.From(rows.Row(asked)), found));
            double[] distances = new double[count];
            Parallel.For(0, count, i => distances[i] = Distance(metric, rows.Row(asked), rows.Row(i)));
            double[] least = new double[count];
            distances.CopyTo(least, 0);
            Array.Sort(least);

            // Each is a different row whose distance is right, and as near as the one that belongs in its place, to the rounding of floats.
            Assert.Equal(K, found.Select(neighbor => neighbor.Index).Distinct().Count());
            for (int place = 0; place < K; place++)
            {
                double rounding = 1e-5 * Math.Max(1e-3, least[place]);
                Assert.Equal(distances[found[place].Index], found[place].Distance.Value, rounding);
                Assert.Equal(least[place], distances[found[place].Index], rounding);
            }
        }
    }

    private static double Distance(DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double square = 0, product = 0, ofA = 0, ofB = 0, absolute = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = (double)a[i] - b[i];
            square += difference * difference;
            absolute += Math.Abs(difference);
            product += (double)a[i] * b[i];
            ofA += (double)a[i] * a[i];
            ofB += (double)b[i] * b[i];
        }

        return metric switch
        {
            DistanceMetric.Euclidean => Math.Sqrt(square),
            DistanceMetric.SquaredEuclidean => square,
            DistanceMetric.Manhattan => absolute,
            _ => 1 - (product / Math.Sqrt(ofA * ofB)),
        };
    }
}
