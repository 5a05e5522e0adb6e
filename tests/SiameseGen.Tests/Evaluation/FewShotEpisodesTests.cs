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
        Assert.Equal(1.0, new FewShotEpisodes { Ways = 2, Episodes = 50 }.Run(examples).Accuracy);
        ArgumentException refusal = Assert.Throws<ArgumentException>("examples", () => new FewShotEpisodes { Ways = 3 }.Run(examples));
        Assert.Contains("3 classes with 2 examples each; there are 2 of them", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        EmbeddedExamples examples = Points.AllEquallyFar(5, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Ways = 1 }.Run(examples));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FewShotEpisodes { Shots = 0 }.Run(examples));
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
        Assert.Equal("3-way 2-shot, 1,200 random episodes within groups with 1 query a class, nearest class mean, ties score 1/k, seed 8", protocol);
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
