using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class PairVerificationTests
{
    // Powers of two on a line: the distance of two examples says which two they are.
    private static readonly int[] Classes = [0, 0, 1, 1, 1, 2, 3, 3, 3, 3];
    private static readonly int[] Groups = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    private static readonly EmbeddedExamples Examples =
        Points.On(Classes, [.. Enumerable.Range(0, Classes.Length).Select(i => new[] { (float)(1 << i) })], Groups);

    [Fact]
    public void All_pairs_are_each_pair_once()
    {
        PairScores scores = PairVerification.AllPairs(Examples, cancellationToken: TestContext.Current.CancellationToken);
        (int, int)[] similar = [.. scores.Similar().Select(Pair)], dissimilar = [.. scores.Dissimilar().Select(Pair)];
        Assert.Equal(1 + 3 + 6, similar.Distinct().Count());
        Assert.Equal(45, similar.Concat(dissimilar).Distinct().Count());
        Assert.All(similar, pair => Assert.Equal(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.All(dissimilar, pair => Assert.NotEqual(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.Equal("all pairs: 10 similar, 35 dissimilar", scores.Protocol);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_pairs_are_of_the_kind_they_are_said_to_be_and_none_is_left_out_or_there_twice(bool withinGroups)
    {
        // There are no more: a pair that was drawn again would be counted as a trial.
        PairScores scores = PairVerification.RandomPairs(Examples, pairs: 2000, seed: 3, withinGroups);
        (int, int)[] similar = [.. scores.Similar().Select(Pair)], dissimilar = [.. scores.Dissimilar().Select(Pair)];
        Assert.Equal((10, withinGroups ? 6 + 4 : 35), (similar.Length, dissimilar.Length));
        Assert.All(similar, pair => Assert.Equal(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.All(dissimilar, pair => Assert.NotEqual(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.Equal(10, similar.Distinct().Count());
        Assert.Equal(withinGroups ? 6 + 4 : 35, dissimilar.Distinct().Count());
        if (withinGroups)
            Assert.All(dissimilar, pair => Assert.Equal(Groups[pair.Item1], Groups[pair.Item2]));
    }

    [Fact]
    public void A_part_of_the_pairs_has_none_twice_and_each_is_as_likely_as_any_other()
    {
        var seen = new Dictionary<(int, int), int>();
        for (int seed = 0; seed < 700; seed++)
        {
            (int, int)[] drawn = [.. PairVerification.RandomPairs(Examples, pairs: 7, seed).Dissimilar().Select(Pair)];
            Assert.Equal(7, drawn.Distinct().Count());
            foreach ((int, int) pair in drawn)
                seen[pair] = seen.GetValueOrDefault(pair) + 1;
        }

        // 7 of 35 in each of 700 drawings: 140 times each, give or take five deviations of 10.6.
        Assert.Equal(35, seen.Count);
        Assert.All(seen.Values, times => Assert.InRange(times, 87, 193));
    }

    [Fact]
    public void More_random_pairs_than_there_are_is_all_of_them()
    {
        PairScores all = PairVerification.AllPairs(Examples, cancellationToken: TestContext.Current.CancellationToken), random = PairVerification.RandomPairs(Examples, pairs: 100_000);
        Assert.Equal(all.Similar(), random.Similar());
        Assert.Equal(all.Dissimilar(), random.Dissimilar());
        Assert.Equal("10 of 10 similar and 35 of 35 dissimilar pairs at random, seed 0", random.Protocol);
    }

    [Fact]
    public void A_distance_that_differs_both_ways_is_taken_as_for_all_pairs()
    {
        EmbeddedExamples oneWay = EmbeddedExamples.ByDistance((i, j) => i < j ? (10 * i) + j : -1, [2, 1, 2, 0, 1]);
        Assert.Equal(PairVerification.AllPairs(oneWay, cancellationToken: TestContext.Current.CancellationToken).Dissimilar(), PairVerification.RandomPairs(oneWay).Dissimilar());
    }

    [Fact]
    public void A_class_of_two_groups_makes_no_dissimilar_pair_with_itself()
    {
        // Class 1 is the last of one group and the first of the next.
        EmbeddedExamples mixed = Points.On([0, 1, 1, 2, 2], [[1f], [2f], [4f], [8f], [16f]], [0, 0, 1, 1, 1]);
        PairScores within = PairVerification.RandomPairs(mixed, withinGroups: true);
        Assert.Equal([2f, 8f], within.Similar());
        Assert.Equal([1f, 4f, 12f], within.Dissimilar());
    }

    [Fact]
    public void A_seed_draws_the_same_pairs_and_another_seed_others()
    {
        float[] first = PairVerification.RandomPairs(Examples, 12, seed: 1).Dissimilar();
        Assert.Equal(first, PairVerification.RandomPairs(Examples, 12, seed: 1).Dissimilar());
        Assert.NotEqual(first, PairVerification.RandomPairs(Examples, 12, seed: 2).Dissimilar());
    }

    [Fact]
    public void The_protocol_names_the_number_of_pairs_the_seed_and_the_groups() =>
        Assert.Equal(
            "8 of 10 similar and 8 of 10 dissimilar pairs within groups at random, seed 7",
            PairVerification.RandomPairs(Examples, 8, 7, withinGroups: true).Protocol);

    [Fact]
    public void Without_a_similar_or_a_dissimilar_pair_the_message_says_what_to_add()
    {
        EmbeddedExamples singles = Points.OnALine([0, 1, 2], 0f, 1f, 2f), oneClass = Points.OnALine([0, 0], 0f, 1f);
        EmbeddedExamples ownGroups = Points.On([0, 0, 1, 1], [[0f], [1f], [2f], [3f]], [0, 0, 1, 1]);
        foreach ((EmbeddedExamples examples, string remedy) in new[] { (singles, "Add examples"), (oneClass, "Add classes"), (ownGroups, "across groups") })
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(
                "examples", () => PairVerification.RandomPairs(examples, withinGroups: examples == ownGroups));
            Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PairVerification.RandomPairs(Examples, pairs: 0));
    }

    private static (int Left, int Right) Pair(float distance)
    {
        int difference = (int)distance, right = 0;
        while (1 << right <= difference)
            right++;
        int left = 0;
        while ((1 << right) - (1 << left) != difference)
            left++;
        return (left, right);
    }
}
