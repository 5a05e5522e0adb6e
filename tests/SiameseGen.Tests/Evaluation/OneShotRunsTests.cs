using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class OneShotRunsTests
{
    // Supports at 0, 10 and 20; then queries.
    private static readonly EmbeddedExamples Examples = Points.OnALine([0, 1, 2, 0, 1, 2, 2], 0f, 10f, 20f, 1f, 4f, 15f, 19f);

    [Fact]
    public void Each_query_goes_to_the_nearest_support_and_a_tie_scores_a_half()
    {
        // Right, wrong (4 is nearer to 0), tie between 10 and 20, right.
        OneShotResult result = OneShotRuns.Measure([new OneShotRun(Examples, [0, 1, 2], [3, 4, 5, 6])]);
        Assert.Equal(2.5 / 4, result.Accuracy, 1e-12);
        Assert.Equal(4, result.Trials);
    }

    [Fact]
    public void Every_trial_counts_the_same_whichever_run_it_is_in()
    {
        OneShotResult result = OneShotRuns.Measure([new OneShotRun(Examples, [2, 1, 0], [3]), new OneShotRun(Examples, [0, 1, 2], [4, 5, 6])], "two runs");
        Assert.Equal([1.0, 0.5], result.PerRun);
        Assert.Equal(2.5 / 4, result.Accuracy, 1e-12);
        Assert.Equal("two runs: 3-way 1-shot, 2 runs, 4 trials, each query by itself, ties score 1/k; 95 % interval by bootstrap over 2 runs, 2,000 resamples, seed 95", result.Protocol);
        Assert.StartsWith("62.5 % (50.0 to 100.0 %): two runs: ", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_without_an_error_are_no_proof_that_there_are_none()
    {
        OneShotRun right = new(Examples, [0, 1, 2], [3]), wrong = new(Examples, [0, 1, 2], [4]);
        Assert.Equal(new Estimate(1, 0, 1), OneShotRuns.Measure([right, right]).Interval);
        Assert.Equal(new Estimate(0, 0, 1), OneShotRuns.Measure([wrong, wrong]).Interval);
        Assert.Equal(new Estimate(1, 0.9, 1), OneShotRuns.Measure([.. Enumerable.Repeat(right, 30)]).Interval);
    }

    [Fact]
    public void Runs_of_different_ways_are_not_called_the_largest_of_them()
    {
        Assert.StartsWith("given runs: 2- to 3-way 1-shot, 2 runs", OneShotRuns.Measure([new OneShotRun(Examples, [0, 1], [3]), new OneShotRun(Examples, [0, 1, 2], [3])]).Protocol, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(20, 7)]
    [InlineData(3, 30)]
    [InlineData(7, 2)]
    public void An_encoder_that_sees_nothing_scores_one_in_N_to_the_last_digit(int ways, int count)
    {
        EmbeddedExamples constant = EmbeddedExamples.ByDistance((_, _) => 0.3f, [.. Enumerable.Range(0, (count + 1) * ways).Select(i => i % ways)]);
        OneShotRun[] runs = [.. Enumerable.Range(1, count).Select(run => new OneShotRun(constant, [.. Enumerable.Range(0, ways)], [.. Enumerable.Range(ways * run, ways)]))];
        OneShotResult result = OneShotRuns.Measure(runs);
        Assert.Equal(new Estimate(1.0 / ways, 1.0 / ways, 1.0 / ways), result.Interval);
        Assert.All(result.PerRun, accuracy => Assert.Equal(1.0 / ways, accuracy));
        Assert.Equal(new Estimate(1.0 / ways, 0, 1), OneShotRuns.Measure([runs[0]]).Interval);
    }

    [Fact]
    public void Embeddings_too_large_for_their_distance_are_refused()
    {
        var huge = new EmbeddingMatrix(4, 1);
        new float[] { 1e20f, -1e20f, 1e20f, -1e20f }.CopyTo(huge.Values);
        foreach (DistanceMetric metric in (DistanceMetric[])[DistanceMetric.SquaredEuclidean, DistanceMetric.Cosine])
        {
            var examples = new EmbeddedExamples(huge, metric, [0, 1, 0, 1]);
            Assert.Throws<ArgumentException>(() => OneShotRuns.Measure([new OneShotRun(examples, [0, 1], [2, 3])]));
            var episodes = new FewShotEpisodes { Ways = 2, Episodes = 2, Rule = FewShotRule.NearestExample };
            Assert.Throws<ArgumentException>(() => episodes.Run(examples));
        }
    }

    [Fact]
    public void Runs_that_break_the_protocol_are_refused()
    {
        Assert.Throws<ArgumentException>("support", () => new OneShotRun(Examples, [0], [3]));
        Assert.Throws<ArgumentException>("support", () => new OneShotRun(Examples, [0, 1], []));
        Refused("support", "of one class", [0, 3], [4]);
        Refused("queries", "no support", [0, 1], [5]);
        Refused("queries", "its own support", [0, 1], [1]);
        Assert.Throws<ArgumentOutOfRangeException>("support", () => new OneShotRun(Examples, [0, 7], [3]));
        Assert.Throws<ArgumentOutOfRangeException>("queries", () => new OneShotRun(Examples, [0, 1], [-1]));
        Assert.Throws<ArgumentException>("runs", () => OneShotRuns.Measure([]));
    }

    private static void Refused(string parameter, string reason, int[] support, int[] queries) =>
        Assert.Contains(
            reason, Assert.Throws<ArgumentException>(parameter, () => new OneShotRun(Examples, support, queries)).Message, StringComparison.Ordinal);
}
