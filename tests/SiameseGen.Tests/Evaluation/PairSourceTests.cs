using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

/// <summary>Pairs that are read again and again rather than kept, and what is counted of them.</summary>
public class PairSourceTests
{
    private const int Examples = 150, ClassCount = 11;

    // Classes lie anywhere among each other, one of them once; several tiles.
    private static readonly int[] Classes = [.. Enumerable.Range(0, Examples).Select(i => i == 77 ? 99 : i * i % ClassCount)];

    [Fact]
    public void All_pairs_are_read_once_each_with_their_distances()
    {
        // The distance says which two they are.
        var pairs = new AllPairsOfExamples(EmbeddedExamples.ByDistance((left, right) => (1000 * left) + right, Classes));
        List<(int Left, int Right)> read = [];
        var block = new PairBlock();
        for (int number = 0; number < pairs.Blocks; number++)
        {
            pairs.Read(number, block);
            for (int i = 0; i < block.Count; i++)
            {
                (int left, int right) = ((int)block.Distances[i] / 1000, (int)block.Distances[i] % 1000);
                Assert.Equal(Classes[left] == Classes[right], block.Left[i] == block.Right[i]);
                read.Add((left, right));
            }
        }

        Assert.Equal(Examples * (Examples - 1) / 2, pairs.Count);
        Assert.Equal(Enumerable.Range(0, Examples).SelectMany(left => Enumerable.Range(left + 1, Examples - left - 1).Select(right => (left, right))), read.Order());
        Assert.Equal(Classes.Distinct().Count(), pairs.Subjects);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_closest_pair_of_each_two_subjects_is_found(bool all)
    {
        PairSource pairs = Pairs(all);
        float[] edges = [0.2f, 0.5f, 1f];
        int[] expected = [.. Read(pairs).Where(pair => pair.Left != pair.Right)
            .GroupBy(pair => (Math.Min(pair.Left, pair.Right), Math.Max(pair.Left, pair.Right)), pair => pair.Distance)
            .Select(distances => edges.Count(edge => edge < distances.Min()))];
        Assert.Equal(Enumerable.Range(0, 4).Select(bin => (long)expected.Count(closest => closest == bin)), pairs.ClosestOfSubjects(new DistanceBins(edges), TestContext.Current.CancellationToken));
        Assert.Equal(expected.Length, pairs.PairsOfSubjects);
        Assert.True(expected.Distinct().Count() > 2, "All lie in one bin.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pairs_that_are_kept_are_those_that_are_read(bool all)
    {
        PairSource pairs = Pairs(all), kept = ListedPairs.KeptIfFew(pairs, TestContext.Current.CancellationToken);
        Assert.NotSame(pairs, kept);
        Assert.Equal(Read(pairs), Read(kept));
        Assert.Equal((pairs.Subjects, pairs.PairsOfSubjects), (kept.Subjects, kept.PairsOfSubjects));
    }

    [Theory]
    [InlineData(0)] // counted
    [InlineData(500)] // some sorted, some counted
    [InlineData(int.MaxValue)] // sorted
    public void Distances_are_counted_alike_however_often_pairs_are_read(int mostSorted)
    {
        PairSource pairs = Pairs(all: true);
        DistanceCount[] expected = [.. Read(pairs).GroupBy(pair => pair.Distance).OrderBy(group => group.Key)
            .Select(group => new DistanceCount(group.Key, group.Key, group.Count(pair => pair.Left == pair.Right), group.Count(pair => pair.Left != pair.Right)))];
        List<double> told = [];
        Assert.Equal(expected, DistanceCounts.Of(pairs, mostSorted, 1 << 20, new Told(told), TestContext.Current.CancellationToken));
        Assert.Equal(told.Order(), told);
        Assert.Equal((0, 1), (told[0], told[^1]));
    }

    [Fact]
    public void Distances_that_are_counted_together_change_no_figure()
    {
        // Two kinds that hardly overlap, so that most of each lie among themselves.
        var random = new CounterRandom(7, CounterRandom.Purpose.Data, 0);
        float[] similar = new float[5000], dissimilar = new float[40_000];
        foreach (ref float distance in similar.AsSpan())
            distance = random.NextGaussian();
        foreach (ref float distance in dissimilar.AsSpan())
            distance = 4 + random.NextGaussian();
        var pairs = ListedPairs.Of(similar, dissimilar);
        DistanceCount[] fewer = DistanceCounts.Of(pairs, 0, 2000, null, TestContext.Current.CancellationToken);
        RocCurve each = new PairScores(similar, dissimilar).Roc, together = RocCurve.Of(fewer);

        // Each run of one kind is there in a few hundred parts.
        Assert.InRange(fewer.Length, 1000, 22_000);
        Assert.Equal((5000, 40_000), (fewer.Sum(count => count.Similar), fewer.Sum(count => count.Dissimilar)));
        Assert.Equal(each.Auc, together.Auc, 1e-12);
        Assert.Equal(each.EqualErrorRate, together.EqualErrorRate, 1e-12);
        foreach (double limit in new[] { 1e-4, 1e-3, 0.0123, 0.1, 0.5 })
            Assert.Equal(each.FalseNonMatchRateAt(limit), together.FalseNonMatchRateAt(limit), 1e-12);
        Assert.Equal(each.Points.Min(point => point.FalseMatchRate + point.FalseNonMatchRate), together.Points.Min(point => point.FalseMatchRate + point.FalseNonMatchRate), 1e-12);

        // None holds more than a thousandth of what is closer, or farther.
        long before = 0, beyond = 5000;
        foreach (DistanceCount count in fewer)
        {
            beyond -= count.Similar;
            Assert.True(count.Most == count.Least || (count.Similar == 0 && count.Dissimilar * 1000 <= before) || (count.Dissimilar == 0 && count.Similar * 1000 <= beyond), $"{count}");
            before += count.Dissimilar;
        }
    }

    [Fact]
    public void Every_distance_is_in_its_bin()
    {
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, 0);
        float[] edges = [-3f, -1f, -1e-30f, 0f, float.Epsilon, 0.5f, 0.50000006f, 0.6f, 3f];
        var bins = new DistanceBins(edges);
        float[] distances = [.. edges, .. edges.Select(MathF.BitIncrement), .. edges.Select(MathF.BitDecrement), -0f, float.MaxValue, float.MinValue, .. Enumerable.Range(0, 1000).Select(_ => 4 * random.NextGaussian())];
        foreach (float distance in distances)
        {
            Assert.Equal(edges.Count(edge => edge < distance), bins.Of(distance));
            Assert.Equal(distance, DistanceBins.At(DistanceBins.Place(distance)));
        }

        Assert.Equal(distances.Order(), distances.OrderBy(DistanceBins.Place));
        Assert.Equal(edges.Length + 1, bins.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Drawings_count_pairs_as_often_as_their_subjects_were_drawn(bool all)
    {
        // More drawings than are made at a time.
        const int drawings = 700;
        PairSource pairs = Pairs(all);
        float[] edges = [0.3f, 0.8f, 2f];
        int seen = 0;
        DrawnCounts.Each(pairs, new DistanceBins(edges), drawings, (drawing, similar, dissimilar) =>
        {
            int[] times = DrawnCounts.Drawing(pairs.Subjects, drawing);
            double[] near = new double[4], far = new double[4];
            foreach ((float distance, int left, int right) in Read(pairs))
            {
                int bin = edges.Count(edge => edge < distance);
                if (left == right)
                    near[bin] += times[left];
                else
                    far[bin] += times[left] * times[right];
            }

            Assert.Equal(near, similar.ToArray());
            Assert.Equal(far, dissimilar.ToArray());
            Assert.Equal(pairs.Subjects, times.Sum());
            Interlocked.Increment(ref seen);
        }, TestContext.Current.CancellationToken);
        Assert.Equal(drawings, seen);
    }

    [Fact]
    public void Fewer_bins_keep_small_rates_apart()
    {
        DistanceCount[] counts = [.. Enumerable.Range(0, 100_000).Select(i => new DistanceCount(i, i, i < 20_000 ? 1 : 0, 1))], fewer = PairBootstrap.Fewer(counts, 1000);
        Assert.InRange(fewer.Length, 500, 6000);
        Assert.Equal(counts.Take(256), fewer.Take(256));
        Assert.Equal((20_000, 100_000), (fewer.Sum(count => count.Similar), fewer.Sum(count => count.Dissimilar)));
        Assert.All(fewer, count => Assert.InRange(count.Dissimilar, 1, 400));
        Assert.Same(counts, PairBootstrap.Fewer(counts, 100_000));
    }

    [Fact]
    public void More_pairs_than_are_kept_have_the_figures_of_those_that_are()
    {
        // 4.25 million pairs, 50 thousand of them similar, on a line.
        const int count = 2917;
        int[] classes = [.. Enumerable.Range(0, count).Select(i => i / 34)];
        float[] places = [.. classes.Select((number, i) => (number * 10) + new CounterRandom(9, CounterRandom.Purpose.Data, (uint)i).NextSingle(-9, 9))];
        PairScores scores = PairVerification.AllPairs(Points.OnALine(classes, places), cancellationToken: TestContext.Current.CancellationToken);
        Assert.IsType<AllPairsOfExamples>(scores.Pairs);
        float[] distances = new float[scores.Pairs.Count];
        int[] left = new int[distances.Length], right = new int[distances.Length];
        for (int a = 0, pair = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++)
                (distances[pair], left[pair], right[pair++]) = (Math.Abs(places[a] - places[b]), classes[a], classes[b]);
        }

        PairScores listed = PairScores.OfSubjects(distances, left, right);
        Assert.Equal((listed.SimilarPairs, listed.DissimilarPairs), (scores.SimilarPairs, scores.DissimilarPairs));
        Assert.Equal(listed.Distances, scores.Distances);
        Assert.Equal(listed.Auc, scores.Auc);
        foreach (float threshold in new[] { 0f, 3.3f, 17f, 400f })
        {
            Assert.Equal(distances.Count(distance => distance <= threshold), scores.CountUpTo(threshold).Similar + scores.CountUpTo(threshold).Dissimilar);
            (long[] all, long[] rejected) = scores.SimilarOfSubjects(threshold);
            Assert.Equal((scores.SimilarPairs, scores.SimilarPairs - scores.CountUpTo(threshold).Similar), (all.Sum(), rejected.Sum()));
        }
    }

    [Fact]
    public void Embeddings_that_have_changed_are_told()
    {
        var matrix = new EmbeddingMatrix(4, 1);
        for (int i = 0; i < 4; i++)
            matrix.Row(i)[0] = i;
        var pairs = new AllPairsOfExamples(new EmbeddedExamples(matrix, DistanceMetric.Euclidean, [0, 0, 1, 1]));
        Assert.Equal(1, pairs.ClosestOfSubjects(new DistanceBins([1f]), TestContext.Current.CancellationToken)[0]);
        matrix.Row(2)[0] = 5;
        Assert.Contains("have changed", Assert.Throws<InvalidOperationException>(() => pairs.ClosestOfSubjects(new DistanceBins([1f]), TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_can_be_ended_and_what_a_distance_throws_comes_through()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        EmbeddedExamples examples = Points.OnALine([0, 0, 1, 1], 0, 1, 2, 3);
        Assert.ThrowsAny<OperationCanceledException>(() => PairVerification.AllPairs(examples, cancellationToken: stopped.Token));
        Assert.Throws<ArgumentException>(() => PairVerification.AllPairs(EmbeddedExamples.ByDistance((_, _) => float.NaN, [0, 0, 1]), cancellationToken: TestContext.Current.CancellationToken));
        var pairs = new AllPairsOfExamples(EmbeddedExamples.ByDistance((_, _) => throw new NotSupportedException("no distance"), [0, 0, 1]));
        Assert.Equal("no distance", Assert.Throws<NotSupportedException>(() => DistanceCounts.Of(pairs, cancellationToken: TestContext.Current.CancellationToken)).Message);
    }

    private static PairSource Pairs(bool all)
    {
        float[] places = [.. Classes.Select((number, i) => number + new CounterRandom(6, CounterRandom.Purpose.Data, (uint)i).NextGaussian())];
        EmbeddedExamples examples = Points.OnALine(Classes, places);
        return all ? new AllPairsOfExamples(examples) : new RandomPairsOfExamples(examples, 300, 1, withinGroups: false);
    }

    private static List<(float Distance, int Left, int Right)> Read(PairSource pairs)
    {
        List<(float, int, int)> read = [];
        var block = new PairBlock();
        for (int number = 0; number < pairs.Blocks; number++)
        {
            pairs.Read(number, block);
            for (int i = 0; i < block.Count; i++)
                read.Add((block.Distances[i], block.Left[i], block.Right[i]));
        }

        return read;
    }

    // Progress<T> would tell from another thread, later.
    private sealed class Told(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
