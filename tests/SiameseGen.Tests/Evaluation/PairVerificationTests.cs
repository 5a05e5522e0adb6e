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
        PairScores scores = PairVerification.AllPairs(Examples);
        (int, int)[] similar = [.. scores.Similar.ToArray().Select(Pair)], dissimilar = [.. scores.Dissimilar.ToArray().Select(Pair)];
        Assert.Equal(1 + 3 + 6, similar.Distinct().Count());
        Assert.Equal(45, similar.Concat(dissimilar).Distinct().Count());
        Assert.All(similar, pair => Assert.Equal(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.All(dissimilar, pair => Assert.NotEqual(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.Equal("all pairs: 10 similar, 35 dissimilar", scores.Protocol);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_pairs_are_of_the_kind_they_are_said_to_be_and_none_is_left_out(bool withinGroups)
    {
        PairScores scores = PairVerification.RandomPairs(Examples, pairs: 2000, seed: 3, withinGroups);
        (int, int)[] similar = [.. scores.Similar.ToArray().Select(Pair)], dissimilar = [.. scores.Dissimilar.ToArray().Select(Pair)];
        Assert.Equal((2000, 2000), (similar.Length, dissimilar.Length));
        Assert.All(similar, pair => Assert.Equal(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.All(dissimilar, pair => Assert.NotEqual(Classes[pair.Item1], Classes[pair.Item2]));
        Assert.Equal(10, similar.Distinct().Count());
        Assert.Equal(withinGroups ? 6 + 4 : 35, dissimilar.Distinct().Count());
        if (withinGroups)
            Assert.All(dissimilar, pair => Assert.Equal(Groups[pair.Item1], Groups[pair.Item2]));
    }

    [Fact]
    public void A_seed_draws_the_same_pairs_and_another_seed_others()
    {
        float[] first = PairVerification.RandomPairs(Examples, 50, seed: 1).Dissimilar.ToArray();
        Assert.Equal(first, PairVerification.RandomPairs(Examples, 50, seed: 1).Dissimilar.ToArray());
        Assert.NotEqual(first, PairVerification.RandomPairs(Examples, 50, seed: 2).Dissimilar.ToArray());
    }

    [Fact]
    public void The_protocol_names_the_number_of_pairs_the_seed_and_the_groups() =>
        Assert.Equal(
            "1,500 similar and 1,500 dissimilar random pairs within groups, seed 7",
            PairVerification.RandomPairs(Examples, 1500, 7, withinGroups: true).Protocol);

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
