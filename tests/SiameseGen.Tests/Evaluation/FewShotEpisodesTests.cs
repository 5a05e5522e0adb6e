using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class FewShotEpisodesTests
{
    [Theory]
    [InlineData(5, 1, 1, FewShotRule.ClassMean)]
    [InlineData(5, 1, 3, FewShotRule.NearestExample)]
    [InlineData(20, 1, 1, FewShotRule.NearestExample)]
    [InlineData(20, 3, 1, FewShotRule.MeanDistance)]
    [InlineData(3, 3, 1, FewShotRule.NearestExample)]
    [InlineData(5, 3, 1, FewShotRule.NearestNeighbors)]
    public void A_query_is_never_in_its_own_support_and_ties_score_one_in_k(int ways, int shots, int queries, FewShotRule rule)
    {
        var episodes = new FewShotEpisodes { Ways = ways, Shots = shots, QueriesPerClass = queries, Rule = rule, Episodes = 200 };
        FewShotResult result = episodes.Run(Points.AllEquallyFar(classes: 20, perClass: 4));
        Assert.Equal(1.0 / ways, result.Accuracy, 1e-12);
        Assert.Equal(0.0, result.Margin95, 1e-6);
        Assert.Equal((200, 200 * ways * queries), (result.Episodes, result.Queries));
    }

    [Theory]
    [InlineData(FewShotRule.ClassMean)]
    [InlineData(FewShotRule.NearestExample)]
    [InlineData(FewShotRule.MeanDistance)]
    public void Accuracy_agrees_with_the_rule_over_all_choices_of_support_and_query(FewShotRule rule)
    {
        // Two classes of three examples, two of which are the support: 3 × 3 choices of the queries, all equally likely.
        float[][] classes = [[0f, 1f, 8f], [4f, 5f, 13f]];
        double right = 0;
        for (int a = 0; a < 3; a++)
        {
            for (int b = 0; b < 3; b++)
                right += Right(rule, classes, [a, b], 0) + Right(rule, classes, [a, b], 1);
        }

        EmbeddedExamples examples = Points.OnALine([0, 0, 0, 1, 1, 1], [.. classes[0], .. classes[1]]);
        FewShotResult result = new FewShotEpisodes { Ways = 2, Shots = 2, Rule = rule, Episodes = 20_000, Seed = 5 }.Run(examples);
        Assert.Equal(right / 18, result.Accuracy, 0.01);
        Assert.InRange(result.Margin95, 0.001, 0.01);
    }

    [Fact]
    public void An_encoder_that_sees_nothing_scores_one_in_N_by_every_rule()
    {
        EmbeddedExamples constant = Points.On([.. Enumerable.Range(0, 140).Select(i => i / 7)], [.. Enumerable.Range(0, 140).Select(_ => new[] { 0.1f, 0.7f })]);
        foreach (FewShotRule rule in Enum.GetValues<FewShotRule>())
        {
            foreach ((int ways, int shots, int neighbors) in new[] { (2, 1, 1), (5, 1, 3), (5, 5, 3), (7, 3, 4), (20, 1, 5), (20, 5, 1), (3, 2, 2), (19, 4, 3) })
            {
                FewShotResult result = new FewShotEpisodes { Ways = ways, Shots = shots, Rule = rule, Neighbors = neighbors, QueriesPerClass = 2, Episodes = 350 }.Run(constant);
                Assert.Equal((1.0 / ways, 0.0), (result.Accuracy, result.Margin95));
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 0)] // the nearest is of class 0
    [InlineData(3, 0, 1)] // two of the nearest three are of class 1
    [InlineData(2, 1, 0)] // one vote each: that of the nearer one
    [InlineData(6, 1, 0)] // three votes each, likewise
    [InlineData(99, 1, 0)]
    public void Neighbors_vote(int neighbors, int ofNear, int ofFar)
    {
        var votes = new NeighborVotes(ways: 2, shots: 3, neighbors);
        float[] ranked = new float[2];
        foreach (int again in (int[])[0, 1])
        {
            votes.Clear();
            foreach ((int way, float distance) in new[] { (0, 1f), (0, 8f), (0, 9f), (1, 2f), (1, 3f), (1, 7f) })
                votes.Add(way, distance + again);
            votes.Rank(ranked);
            Assert.Equal((ofNear, ofFar), (Ranking.Ties(ranked, 0), Ranking.Ties(ranked, 1)));
        }
    }

    [Fact]
    public void Examples_that_are_equally_far_share_the_votes_that_are_left()
    {
        // One vote is left for one of class 0 and two of class 1 at distance 2: a third each, so that 1 + 1/3 stand against 2/3.
        var votes = new NeighborVotes(2, 2, neighbors: 2);
        float[] ranked = new float[2];
        foreach ((int way, float distance) in new[] { (1, 2f), (0, 1f), (1, 2f), (0, 2f) })
            votes.Add(way, distance);
        votes.Rank(ranked);
        Assert.Equal([1f, float.PositiveInfinity], ranked);
    }

    [Fact]
    public void The_margin_is_1_96_standard_errors_of_the_mean_over_episodes()
    {
        // A query at 4 is nearer to 5 than to 0 or 1, so an episode is right by half or entirely, depending on the draw.
        EmbeddedExamples examples = Points.OnALine([0, 0, 1, 1], 0f, 4f, 5f, 5f);
        FewShotResult result = new FewShotEpisodes { Ways = 2, Episodes = 500, Seed = 1 }.Run(examples);
        double p = (result.Accuracy - 0.5) * 2;
        Assert.InRange(p, 0.0, 1.0);
        double error = 0.5 * Math.Sqrt(p * (1 - p) * 500 / 499 / 500);
        Assert.Equal(1.96 * error, result.Margin95, 1e-9);
    }

    [Fact]
    public void Within_groups_all_classes_of_an_episode_are_of_one_group()
    {
        // Groups are far apart and their classes on the same spot: only episodes across groups have anything to tell apart.
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i / 3)], groups = [.. classes.Select(number => number / 5)];
        EmbeddedExamples examples = Points.On(classes, [.. groups.Select(group => new[] { 10f * group })], groups);
        Assert.Equal(0.2, new FewShotEpisodes { WithinGroups = true, Episodes = 100 }.Run(examples).Accuracy, 1e-12);
        Assert.InRange(new FewShotEpisodes { Episodes = 100 }.Run(examples).Accuracy, 0.5, 0.99);
    }

    [Fact]
    public void A_seed_draws_the_same_episodes_and_another_seed_others()
    {
        var random = new CounterRandom(2, CounterRandom.Purpose.Data, 0);
        float[] places = new float[100];
        foreach (ref float place in places.AsSpan())
            place = random.NextSingle();
        EmbeddedExamples examples = Points.OnALine([.. Enumerable.Range(0, 100).Select(i => i / 5)], places);
        double first = new FewShotEpisodes { Seed = 1 }.Run(examples).Accuracy;
        Assert.Equal(first, new FewShotEpisodes { Seed = 1 }.Run(examples).Accuracy);
        Assert.NotEqual(first, new FewShotEpisodes { Seed = 2 }.Run(examples).Accuracy);
    }

    [Fact]
    public void Classes_with_too_few_examples_take_no_part()
    {
        EmbeddedExamples examples = Points.OnALine([0, 0, 1, 1, 2], 0f, 0f, 9f, 9f, 0f);
        FewShotResult right = new FewShotEpisodes { Ways = 2, Episodes = 50 }.Run(examples);
        Assert.Equal(1.0, right.Accuracy);
        Assert.Contains("from 2 classes (1 left out: fewer than 2 examples) with 4 examples,", right.Protocol, StringComparison.Ordinal);
        ArgumentException refusal = Assert.Throws<ArgumentException>("examples", () => new FewShotEpisodes { Ways = 3 }.Run(examples));
        Assert.Contains("3 classes with 2 examples each; there are 2 of them", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Episodes_without_an_error_are_no_proof_that_there_are_none()
    {
        FewShotResult right = new FewShotEpisodes { Ways = 2, Episodes = 300 }.Run(Points.OnALine([0, 0, 1, 1], 0f, 0f, 9f, 9f));
        Assert.Equal((1.0, 0.01), (right.Accuracy, Math.Round(right.Margin95, 12)));
        Assert.StartsWith("100.0 % (99.0 to 100.0 %): ", right.ToString(), StringComparison.Ordinal);
        FewShotResult wrong = new FewShotEpisodes { Ways = 2, Episodes = 300 }.Run(Points.On([0, 0, 1, 1], [[1f, 0f], [-1f, 0f], [0f, 1f], [0f, -1f]]));
        Assert.Equal((0.0, 0.01), (wrong.Accuracy, Math.Round(wrong.Margin95, 12)));
    }

    [Fact]
    public void Classes_of_groups_that_are_too_small_are_counted_as_left_out()
    {
        EmbeddedExamples examples = Points.On([0, 0, 1, 1, 2, 2, 3], [[0f], [0f], [9f], [9f], [20f], [20f], [30f]], [0, 0, 0, 0, 1, 1, 1]);
        string protocol = new FewShotEpisodes { Ways = 2, Episodes = 10, WithinGroups = true }.Run(examples).Protocol;
        Assert.Contains("from 2 classes (2 left out: fewer than 2 examples, or in a group of fewer than 2 such classes) with 4 examples", protocol, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        EmbeddedExamples examples = Points.AllEquallyFar(5, 3);
        Assert.Throws<ArgumentOutOfRangeException>("rule", () => new FewShotEpisodes { Rule = (FewShotRule)9 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Ways = 1 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Shots = 0 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Neighbors = 0 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { QueriesPerClass = 0 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>("episodes", () => new FewShotEpisodes { Episodes = 1 << 30, Ways = 2 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(
            "episodes", () => new FewShotEpisodes { Episodes = int.MaxValue, Ways = int.MaxValue, QueriesPerClass = int.MaxValue }.Run(examples));
        Assert.Throws<ArgumentException>("examples", () => new FewShotEpisodes { Shots = int.MaxValue }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Episodes = 1 }.Run(examples));
    }

    [Fact]
    public void The_protocol_names_ways_shots_episodes_rule_ties_and_seed()
    {
        string protocol = new FewShotEpisodes { Ways = 3, Shots = 2, Episodes = 1200, Seed = 8, WithinGroups = true }.Run(Points.AllEquallyFar(3, 3)).Protocol;
        Assert.Equal("3-way 2-shot, 1,200 random episodes within groups with 1 query a class, from 3 classes with 9 examples, nearest class mean, ties score 1/k, seed 8; 95 % interval by 1.96 standard errors over episodes", protocol);
        FewShotResult votes = new FewShotEpisodes { Ways = 3, Episodes = 20, Rule = FewShotRule.NearestNeighbors }.Run(Points.AllEquallyFar(3, 3));
        Assert.StartsWith("33.3 % (33.3 to 33.3 %): 3-way 1-shot, 20 random episodes with 1 query a class, from 3 classes with 9 examples, votes of the 3 nearest examples, ties score 1/k, seed 0", votes.ToString(), StringComparison.Ordinal);
    }

    private static double Right(FewShotRule rule, float[][] classes, int[] queries, int own)
    {
        float query = classes[own][queries[own]];
        double[] distances = [.. classes.Select((places, number) =>
        {
            float[] support = [.. places.Where((_, i) => i != queries[number])];
            return rule switch
            {
                FewShotRule.ClassMean => Math.Abs(support.Average() - query),
                FewShotRule.NearestExample => support.Min(place => Math.Abs(place - query)),
                _ => support.Average(place => Math.Abs(place - query)),
            };
        })];
        return distances[own] < distances[1 - own] ? 1 : distances[own] == distances[1 - own] ? 0.5 : 0;
    }
}
