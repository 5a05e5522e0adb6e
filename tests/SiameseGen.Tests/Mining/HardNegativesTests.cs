using SiameseGen.Mining;
using SiameseGen.Search;
using Xunit;

namespace SiameseGen.Tests.Mining;

public class HardNegativesTests
{
    private const int Length = 7;

    [Theory]
    [InlineData(DistanceMetric.Euclidean, 1)]
    [InlineData(DistanceMetric.SquaredEuclidean, 3)]
    [InlineData(DistanceMetric.Cosine, 1)]
    [InlineData(DistanceMetric.Manhattan, 2)]
    [InlineData(DistanceMetric.DotProduct, 2)]
    [InlineData(DistanceMetric.SignalToNoise, 2)]
    public void The_closest_negatives_are_those_of_all_distances_sorted(DistanceMetric metric, int workers)
    {
        // More than one block of either kind.
        const int Count = 700;
        EmbeddingMatrix embeddings = Points(Count);
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 37)];
        using var team = new WorkerTeam(workers);
        HardNegatives found = HardNegatives.Find(embeddings, metric, classes, new HardNegativeOptions { PerExample = 5 }, team, TestContext.Current.CancellationToken);
        for (int i = 0; i < Count; i += 13)
        {
            (float Distance, int Index)[] expected =
            [
                .. Enumerable.Range(0, Count).Where(j => classes[j] != classes[i])
                    .Select(j => (Distances.Between(metric, embeddings.Row(i), embeddings.Row(j)), j)).OrderBy(pair => pair.Item1).Take(5),
            ];
            Assert.Equal(5, found.Of(i).Length);
            for (int k = 0; k < 5; k++)
            {
                // Sums in another order, so the last digits of nearly equal distances may differ.
                Neighbor neighbor = found.Of(i)[k];
                Assert.NotEqual(classes[i], classes[neighbor.Index]);
                Assert.Equal(expected[k].Distance, neighbor.Distance.Value, 1e-4f);
                Assert.Equal(Distances.Between(metric, embeddings.Row(i), embeddings.Row(neighbor.Index)), neighbor.Distance.Value, 1e-4f);
            }
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        EmbeddingMatrix embeddings = Points(900);
        int[] classes = [.. Enumerable.Range(0, 900).Select(i => i / 9)];
        var options = new HardNegativeOptions { PerExample = 4, GuardShare = 0.1 };
        using WorkerTeam one = new(1), three = new(3);
        HardNegatives left = HardNegatives.Find(embeddings, DistanceMetric.Euclidean, classes, options, one, TestContext.Current.CancellationToken);
        HardNegatives right = HardNegatives.Find(embeddings, DistanceMetric.Euclidean, classes, options, three, TestContext.Current.CancellationToken);
        for (int i = 0; i < 900; i++)
            Assert.Equal(left.Of(i), right.Of(i));
        Assert.Equal((left.GuardDistance, left.Guarded), (right.GuardDistance, right.Guarded));
    }

    // Examples 2i and 2i + 1 of classes that are each other's double lie on the very same spot: labelled differently, but the same thing.
    [Theory]
    [InlineData("distance")]
    [InlineData("share")]
    [InlineData("declared")]
    public void The_guard_keeps_out_what_is_labelled_differently_and_is_the_same(string guard)
    {
        const int Count = 400, Doubles = 40;
        EmbeddingMatrix embeddings = Points(Count);
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 20)], sessions = new int[Count];
        sessions.AsSpan().Fill(-1);
        for (int i = 0; i < Doubles; i += 2)
        {
            embeddings.Row(i).CopyTo(embeddings.Row(i + 1));
            embeddings.Row(i + 1)[0] += 1e-4f;
            sessions[i] = sessions[i + 1] = i;
        }

        HardNegatives bare = HardNegatives.Find(embeddings, DistanceMetric.Euclidean, classes, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, bare.Of(0)[0].Index);
        Assert.Equal((0, null), (bare.Guarded, bare.GuardDistance));

        HardNegativeOptions options = guard switch
        {
            "distance" => new HardNegativeOptions { GuardDistance = 1e-3f },
            "share" => new HardNegativeOptions { GuardShare = (double)Doubles / Count },
            _ => new HardNegativeOptions { MayBeSame = sessions },
        };
        HardNegatives guarded = HardNegatives.Find(embeddings, DistanceMetric.Euclidean, classes, options, cancellationToken: TestContext.Current.CancellationToken);
        for (int i = 0; i < Doubles; i++)
        {
            Assert.DoesNotContain(guarded.Of(i).ToArray(), neighbor => neighbor.Index == (i ^ 1));
            Assert.Equal(10, guarded.Of(i).Length);
            Assert.Equal(bare.Of(i)[1], guarded.Of(i)[0]);
        }

        for (int i = 0; i < Count; i++)
            Assert.All(guarded.Of(i).ToArray(), neighbor => Assert.True(guarded.GuardDistance is null || neighbor.Distance.Value >= guarded.GuardDistance));
        if (guard != "declared")
        {
            Assert.Equal(Doubles, guarded.Guarded);
            Assert.InRange(guarded.GuardDistance!.Value, 1e-3f, 0.5f);
        }
    }

    [Fact]
    public void The_guard_is_for_distances_below_0_as_well()
    {
        EmbeddingMatrix embeddings = Points(60);
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 6)];
        HardNegatives bare = HardNegatives.Find(embeddings, DistanceMetric.DotProduct, classes, cancellationToken: TestContext.Current.CancellationToken);
        float limit = bare.Of(0)[3].Distance.Value;
        Assert.True(limit < 0f);
        HardNegatives guarded = HardNegatives.Find(embeddings, DistanceMetric.DotProduct, classes, new HardNegativeOptions { GuardDistance = limit }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(bare.Of(0)[3], guarded.Of(0)[0]);
        Assert.True(guarded.Guarded >= 3);
    }

    [Fact]
    public void Fewer_negatives_than_asked_for_are_all_there_are()
    {
        HardNegatives found = HardNegatives.Find(Points(6), DistanceMetric.Cosine, [0, 0, 0, 0, 1, 1], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([2, 2, 2, 2, 4, 4], Enumerable.Range(0, found.Count).Select(i => found.Of(i).Length));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        EmbeddingMatrix embeddings = Points(4);
        int[] classes = [0, 0, 1, 1];
        Assert.Throws<ArgumentException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, [0, 1], cancellationToken: cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, classes, new HardNegativeOptions { PerExample = 0 }, cancellationToken: cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, classes, new HardNegativeOptions { GuardShare = 1 }, cancellationToken: cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, classes, new HardNegativeOptions { GuardDistance = float.NaN }, cancellationToken: cancellation));
        Assert.Throws<ArgumentException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, classes, new HardNegativeOptions { MayBeSame = [1] }, cancellationToken: cancellation));
        embeddings.Row(2)[0] = float.NaN;
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => HardNegatives.Find(embeddings, DistanceMetric.Cosine, classes, cancellationToken: cancellation)).Message, StringComparison.Ordinal);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => HardNegatives.Find(Points(4), DistanceMetric.Cosine, classes, cancellationToken: source.Token));
    }

    internal static EmbeddingMatrix Points(int count)
    {
        var embeddings = new EmbeddingMatrix(count, Length);
        var random = new CounterRandom(6, CounterRandom.Purpose.Data, 0);
        foreach (ref float value in embeddings.Values)
            value = random.NextSingle(-1f, 1f);
        return embeddings;
    }
}
