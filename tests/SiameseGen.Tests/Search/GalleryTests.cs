using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using SiameseGen.Search;
using SiameseGen.Tests.Imaging;
using Xunit;

namespace SiameseGen.Tests.Search;

public class GalleryTests
{
    public static TheoryData<DistanceMetric, GalleryPrecision> Kinds() => GalleryReference.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Finds_what_double_precision_finds(DistanceMetric metric, GalleryPrecision precision)
    {
        foreach (int count in (int[])[1, 7, 31, 32, 33, 100, 700])
        {
            Check<Length1>(metric, precision, count);
            Check<Length3>(metric, precision, count);
            Check<Length16>(metric, precision, count);
            Check<Length37>(metric, precision, count);
        }

        // More than one segment, and queries that are rounded to fewer steps.
        Check<Length1200>(metric, precision, 700);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Several_queries_get_what_each_gets_alone(DistanceMetric metric, GalleryPrecision precision)
    {
        foreach (int number in (int[])[0, 1, 3, 4, 7, 32, 33, 71])
            CheckBatch<Length37>(metric, precision, count: 211, number, k: 9);
        CheckBatch<Length1200>(metric, precision, count: 470, number: 31, k: 500);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_equally_near_ones_the_first_comes_first(DistanceMetric metric, GalleryPrecision precision)
    {
        // Of length 1, so that a point is nearest to itself by its dot product as well.
        float[][] points = [.. Random(4, 5, 16).Select(point => Array.ConvertAll(point, x => x / MathF.Sqrt(point.Sum(y => y * y))))];
        var gallery = new Gallery<Embedding<Length16>>(metric, precision);
        for (int i = 0; i < 200; i++)
            gallery.Add(Embedding<Length16>.From(points[i % 5]));
        var nearest = new Neighbor[50];
        gallery.Search(Embedding<Length16>.From(points[3]), nearest);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => 3 + (5 * i)), nearest[..40].Select(neighbor => neighbor.Index));
        Assert.Equal(nearest[..40].Select(neighbor => neighbor.Index).Order(), nearest[..40].Select(neighbor => neighbor.Index));
        int[] rest = [.. nearest[40..].Select(neighbor => neighbor.Index)];
        Assert.Equal(Enumerable.Range(0, 10).Select(i => rest[0] + (5 * i)), rest);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Searching_allocates_nothing(DistanceMetric metric, GalleryPrecision precision)
    {
        Gallery<Embedding<Length37>> gallery = Filled<Length37>(metric, precision, Random(1, 300, 37));
        Embedding<Length37>[] queries = [.. Random(2, 9, 37).Select(row => Embedding<Length37>.From(row))];
        var nearest = new Neighbor[9 * 20];
        int removed = 0;
        Assert.Equal(0, Allocation.Least(() =>
        {
            gallery.Search(queries[0], nearest);
            gallery.Search(queries, nearest, 20);
            gallery.Nearest(queries[1]);
            gallery.SwapRemove(removed++);
            gallery.Add(queries[2]);
        }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_last_takes_the_place_of_one_that_is_removed(DistanceMetric metric, GalleryPrecision precision)
    {
        float[][] rows = Random(6, 150, 3);
        Gallery<Embedding<Length3>> gallery = Filled<Length3>(metric, precision, rows);
        List<float[]> kept = [.. rows];
        var chance = new CounterRandom(7, CounterRandom.Purpose.Data, 0);
        var query = Embedding<Length3>.From(Random(8, 1, 3)[0]);
        while (kept.Count > 0)
        {
            int index = chance.NextInt32(kept.Count);
            kept[index] = kept[^1];
            kept.RemoveAt(kept.Count - 1);
            gallery.SwapRemove(index);
            Assert.Equal(kept.Count, gallery.Count);
            Assert.Equal(Answers(Filled<Length3>(metric, precision, kept), query, 150), Answers(gallery, query, 150));
        }

        gallery.Add(query);
        Assert.Equal(0, gallery.Nearest(query).Index);
        gallery.Clear();
        Assert.Equal(0, gallery.Count);
    }

    [Fact]
    public void An_embedding_without_direction_is_at_a_cosine_of_one()
    {
        foreach (GalleryPrecision precision in Enum.GetValues<GalleryPrecision>())
        {
            float[] small = [1e-16f, 0f, 0f], some = [3f, -4f, 0f];
            Gallery<Embedding<Length3>> gallery = Filled<Length3>(DistanceMetric.Cosine, precision, [some, [0f, 0f, 0f], small, [-6f, 8f, 0f]]);
            Neighbor[] nearest = Answers(gallery, Embedding<Length3>.From(some), 4);
            Assert.Equal([0, 1, 2, 3], nearest.Select(neighbor => neighbor.Index));
            Assert.Equal([0f, 1f, 1f, 2f], nearest.Select(neighbor => neighbor.Distance.Value), (a, b) => Math.Abs(a - b) < 2e-5f);
            Assert.Equal([1f, 1f], nearest[1..3].Select(neighbor => neighbor.Distance.Value));
            Assert.All(Answers(gallery, Embedding<Length3>.From(small), 4), neighbor => Assert.Equal(1f, neighbor.Distance.Value));
        }
    }

    [Fact]
    public void A_gallery_of_an_encoder_searches_by_its_distance()
    {
        var encoder = new PixelEncoder(new InputShape(2, 2, 1, true));
        Gallery<PixelEncoder.Embedding> gallery = encoder.CreateGallery(GalleryPrecision.Float16, capacity: 10);
        Assert.Equal(encoder.Parameters.Info.Distance, gallery.Metric);
        Assert.Equal(GalleryPrecision.Float16, gallery.Precision);
        Assert.True(gallery.Capacity >= 10);
    }

    [Fact]
    public void A_gallery_takes_a_matrix_of_embeddings()
    {
        var rows = new EmbeddingMatrix(40, 16);
        Random(1, 40, 16).SelectMany(row => row).ToArray().CopyTo(rows.Values);
        var gallery = new Gallery<Embedding<Length16>>(DistanceMetric.Cosine, capacity: 3);
        Assert.True(gallery.Capacity >= 3);
        Assert.Equal(0, gallery.AddRange(rows));
        Assert.Equal(40, gallery.AddRange(rows));
        Assert.Equal(17, gallery.Nearest(Embedding<Length16>.From(rows.Row(17))).Index);
        Assert.Throws<ArgumentException>("embeddings", () => gallery.AddRange(new EmbeddingMatrix(1, 15)));
    }

    [Fact]
    public void What_cannot_be_searched_is_refused()
    {
        var gallery = new Gallery<Embedding<Length3>>(DistanceMetric.Euclidean, GalleryPrecision.Float16);
        var point = Embedding<Length3>.From([1f, 2f, 3f]);
        Assert.Throws<InvalidOperationException>(() => gallery.Nearest(point));
        Assert.Equal(0, gallery.Search(point, new Neighbor[2]));
        Assert.Equal(0, gallery.Search([point], new Neighbor[2], 2));
        Assert.Equal(0, gallery.Add(point));
        Assert.Throws<ArgumentException>("nearest", () => gallery.Search(point, []));
        Assert.Throws<ArgumentException>("nearest", () => gallery.Search([point, point], new Neighbor[3], 2));
        Assert.Throws<ArgumentOutOfRangeException>("k", () => gallery.Search([point], [], 0));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => gallery.SwapRemove(1));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => gallery.SwapRemove(-1));
        foreach (float value in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, 2e18f])
        {
            var broken = Embedding<Length3>.From([1f, value, 0f]);
            Assert.Throws<ArgumentException>("embedding", () => gallery.Add(broken));
            Assert.Throws<ArgumentException>("query", () => gallery.Search(broken, new Neighbor[1]));
        }

        ArgumentException large = Assert.Throws<ArgumentException>("embedding", () => gallery.Add(Embedding<Length3>.From([1f, 65520f, 0f])));
        Assert.Contains("65,504", large.Message, StringComparison.Ordinal);
        Assert.Equal(1, gallery.Count);
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new Gallery<Embedding<Length3>>(DistanceMetric.Cosine, capacity: -1));
        Assert.Throws<ArgumentOutOfRangeException>("metric", () => new Gallery<Embedding<Length3>>((DistanceMetric)9));
        Assert.Contains("Euclidean", Assert.Throws<ArgumentOutOfRangeException>("metric", () => new Gallery<Embedding<Length3>>(DistanceMetric.SignalToNoise)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("precision", () => new Gallery<Embedding<Length3>>(DistanceMetric.Cosine, (GalleryPrecision)9));
    }

    [Fact]
    public void Distances_to_bytes_are_off_by_no_more_than_is_promised()
    {
        foreach (DistanceMetric metric in (DistanceMetric[])[DistanceMetric.Euclidean, DistanceMetric.Manhattan])
        {
            float[][] rows = Random(11, 500, 37);
            Gallery<Embedding<Length37>> gallery = Filled<Length37>(metric, GalleryPrecision.Int8, rows);
            float[] query = Random(12, 1, 37)[0];
            double largest = 0;
            foreach (Neighbor neighbor in Answers(gallery, Embedding<Length37>.From(query), 500))
            {
                float[] row = rows[neighbor.Index];
                double exact = GalleryReference.Distance(metric, [.. row], [.. query.Select(x => (double)x)]);
                double bound = row.Max(Math.Abs) * (metric is DistanceMetric.Manhattan ? 37 : Math.Sqrt(37)) / 254;

                // The query's own rounding, to 32,767 steps.
                double error = Math.Abs(exact - neighbor.Distance.Value);
                Assert.InRange(error, 0, bound + (Math.Sqrt(37) / 65534) + 1e-5);
                largest = Math.Max(largest, error / bound);
            }

            Assert.InRange(largest, 0.1, 1.01);
        }
    }

    [Fact]
    public void Products_of_pairs_are_the_same_without_the_instruction()
    {
        short[] rows = [-127, 127, 127, 127, 0, 5, -1, 1, -127, -127, 3, 0, 7, -9, 100, 100];
        short[] query = [32767, 32767, 32767, -32767, 9, -5, 1, 1, -32767, -32767, 11, 12, -13, 14, 258, -258];
        Vector256<int> sums = PairProductsTerm.Emulate(Vector256.Create(rows).AsInt32(), Vector256.Create(query).AsInt32());
        for (int i = 0; i < 8; i++)
            Assert.Equal((rows[2 * i] * query[2 * i]) + (rows[(2 * i) + 1] * query[(2 * i) + 1]), sums[i]);
    }

    [Fact]
    public void Every_number_of_binary16_is_widened_exactly()
    {
        Span<ushort> halves = stackalloc ushort[8];
        float unused = 0;
        for (int bits = 0; bits <= ushort.MaxValue; bits += 8)
        {
            for (int i = 0; i < 8; i++)
                halves[i] = (ushort)(bits + i);
            Vector256<float> wide = Float16Rows.Load(ref MemoryMarshal.AsBytes(halves)[0], ref unused);
            for (int i = 0; i < 8; i++)
            {
                var half = BitConverter.UInt16BitsToHalf(halves[i]);
                if (Half.IsFinite(half))
                    Assert.Equal(BitConverter.SingleToUInt32Bits((float)half), BitConverter.SingleToUInt32Bits(wide[i]));
            }
        }
    }

    /// <summary>The bits of many answers.</summary>
    internal static string Digest(DistanceMetric metric, GalleryPrecision precision)
    {
        Gallery<Embedding<Length37>> gallery = Filled<Length37>(metric, precision, Random(13, 333, 37));
        Embedding<Length37>[] queries = [.. Random(14, 6, 37).Select(row => Embedding<Length37>.From(row))];
        var nearest = new Neighbor[6 * 333];
        gallery.Search(queries, nearest, 333);
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<Neighbor>(nearest)));
    }

    private static void Check<TLength>(DistanceMetric metric, GalleryPrecision precision, int count)
        where TLength : struct, ILength
    {
        int length = TLength.Length;
        float[][] rows = Random(1, count, length);
        Gallery<Embedding<TLength>> gallery = Filled<TLength>(metric, precision, rows);
        double[][] stored = [.. rows.Select(row => GalleryReference.Stored(row, metric, precision))];
        foreach (float[] query in Random(2, 3, length))
        {
            double[] asked = GalleryReference.Asked(query, metric, precision);
            double[] distances = [.. stored.Select(row => GalleryReference.Distance(metric, row, asked))];
            double[] sorted = [.. distances.Order()];

            // Every addition and every term is rounded once.
            double rounding = (length + 4) * Math.Pow(2, -24), terms = stored.Max(row => row.Zip(asked, (x, y) => Math.Abs(x * y)).Sum());
            foreach (int k in (int[])[1, 5, count, count + 3])
            {
                var nearest = new Neighbor[k];
                nearest.AsSpan().Fill(new Neighbor(-1, new Distance(-1f)));
                int found = gallery.Search(Embedding<TLength>.From(query), nearest);
                Assert.Equal(Math.Min(k, count), found);
                Assert.Equal(found, nearest[..found].Select(neighbor => neighbor.Index).Distinct().Count());
                Assert.All(nearest[found..], rest => Assert.Equal(new Neighbor(-1, new Distance(-1f)), rest));
                for (int i = 0; i < found; i++)
                {
                    Assert.True(i == 0 || nearest[i].Distance.Value >= nearest[i - 1].Distance.Value);
                    Close(distances[nearest[i].Index], nearest[i].Distance.Value);
                    Close(sorted[i], nearest[i].Distance.Value);
                }
            }

            void Close(double expected, double actual)
            {
                // The Euclidean distance to bytes is a root of a difference of squares: those are what is close.
                bool byDifference = precision is GalleryPrecision.Int8 && metric is DistanceMetric.Euclidean;
                (double right, double given) = byDifference ? (expected * expected, actual * actual) : (expected, actual);
                double tolerance = rounding * metric switch { DistanceMetric.Cosine => 1, DistanceMetric.DotProduct => terms, _ => right };

                // Numbers are at most 1: what their products with a scale, or the squares of two lengths, may be off by.
                if (precision is GalleryPrecision.Int8 && metric is not DistanceMetric.Cosine)
                    tolerance += Math.Pow(2, -22) * 4 * length;
                Assert.True(Math.Abs(right - given) <= tolerance, $"{metric} {precision}, {count} rows of {length}: {actual} should be {expected}.");
            }
        }
    }

    private static void CheckBatch<TLength>(DistanceMetric metric, GalleryPrecision precision, int count, int number, int k)
        where TLength : struct, ILength
    {
        Gallery<Embedding<TLength>> gallery = Filled<TLength>(metric, precision, Random(3, count, TLength.Length));
        Embedding<TLength>[] queries = [.. Random(5, number, TLength.Length).Select(row => Embedding<TLength>.From(row))];
        Neighbor[] together = new Neighbor[number * k], alone = new Neighbor[number * k];
        Assert.Equal(Math.Min(k, count), gallery.Search(queries, together, k));
        for (int i = 0; i < number; i++)
            gallery.Search(queries[i], alone.AsSpan(i * k, k));
        Assert.Equal(alone, together);
    }

    private static Gallery<Embedding<TLength>> Filled<TLength>(DistanceMetric metric, GalleryPrecision precision, IEnumerable<float[]> rows)
        where TLength : struct, ILength
    {
        var gallery = new Gallery<Embedding<TLength>>(metric, precision);
        foreach (float[] row in rows)
            gallery.Add(Embedding<TLength>.From(row));
        return gallery;
    }

    private static Neighbor[] Answers<TLength>(Gallery<Embedding<TLength>> gallery, Embedding<TLength> query, int k)
        where TLength : struct, ILength
    {
        var nearest = new Neighbor[k];
        return nearest[..gallery.Search(query, nearest)];
    }

    private static float[][] Random(int seed, int count, int length)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, 0);
        float[][] rows = new float[count][];
        for (int i = 0; i < count; i++)
        {
            rows[i] = new float[length];
            foreach (ref float value in rows[i].AsSpan())
                value = random.NextSingle(-1f, 1f);
        }

        return rows;
    }
}
