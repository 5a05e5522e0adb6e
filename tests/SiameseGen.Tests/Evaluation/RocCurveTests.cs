using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class RocCurveTests
{
    [Fact]
    public void Points_are_the_error_rates_at_each_distance()
    {
        RocCurve roc = new PairScores([1f, 2f, 2f, 4f], [2f, 3f]).Roc;
        RocPoint[] expected =
        [
            new(float.NegativeInfinity, 0, 1), new(1f, 0, 0.75), new(2f, 0.5, 0.25), new(3f, 1, 0.25), new(4f, 1, 0),
        ];
        Assert.Equal(expected, roc.Points);
    }

    [Theory]
    [InlineData(new[] { 1f, 2f }, new[] { 3f, 4f }, 1.0, 0.0)]
    [InlineData(new[] { 3f, 4f }, new[] { 1f, 2f }, 0.0, 1.0)]
    [InlineData(new[] { 1f, 1f }, new[] { 1f, 1f, 1f }, 0.5, 0.5)]
    [InlineData(new[] { 1f, 2f, 3f, 4f }, new[] { 3f, 4f, 5f, 6f }, 0.875, 0.25)]
    public void Area_and_equal_error_rate_are_those_worked_out_by_hand(float[] similar, float[] dissimilar, double auc, double equalErrorRate)
    {
        var scores = new PairScores(similar, dissimilar);
        Assert.Equal(auc, scores.Auc, 1e-12);
        Assert.Equal(equalErrorRate, scores.EqualErrorRate, 1e-12);
    }

    // From (FMR 0, FNMR 1/2) to (FMR 1, FNMR 0): they meet where t = (1 − t) / 2, at 1/3.
    [Fact]
    public void Equal_error_rate_lies_on_the_line_between_the_points_where_the_rates_jump_past_each_other() =>
        Assert.Equal(1.0 / 3, new PairScores([1f, 2f], [2f]).EqualErrorRate, 1e-12);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(3, 1000)]
    public void Area_is_the_share_of_similar_pairs_that_are_closer_with_ties_counting_half(int seed, int values)
    {
        (float[] similar, float[] dissimilar) = Draw(seed, values);
        double wins = 0;
        foreach (float near in similar)
        {
            foreach (float far in dissimilar)
                wins += near < far ? 1 : near == far ? 0.5 : 0;
        }

        Assert.Equal(wins / (similar.Length * dissimilar.Length), new PairScores(similar, dissimilar).Auc, 1e-12);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 30)]
    [InlineData(6, 1000)]
    public void Equal_error_rate_is_where_the_rates_cross_on_the_curve_drawn_with_straight_lines(int seed, int values)
    {
        (float[] similar, float[] dissimilar) = Draw(seed, values);
        double[] thresholds = [-1, .. similar.Concat(dissimilar).Distinct().Order()];
        (double FalseMatch, double FalseNonMatch) At(double position)
        {
            int left = Math.Min((int)position, thresholds.Length - 2);
            double share = position - left;
            double Between(float[] distances, bool accepted) =>
                ((1 - share) * distances.Count(distance => distance <= thresholds[left] == accepted)
                + (share * distances.Count(distance => distance <= thresholds[left + 1] == accepted))) / distances.Length;
            return (Between(dissimilar, true), Between(similar, false));
        }

        double low = 0, high = thresholds.Length - 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (double falseMatch, double falseNonMatch) = At(middle);
            if (falseMatch < falseNonMatch)
                low = middle;
            else
                high = middle;
        }

        Assert.Equal(At(high).FalseMatch, new PairScores(similar, dissimilar).EqualErrorRate, 1e-9);
    }

    [Theory]
    [InlineData(0.0, 0.75)]
    [InlineData(0.49, 0.75)]
    [InlineData(0.5, 0.25)]
    [InlineData(0.99, 0.25)]
    [InlineData(1.0, 0.0)]
    public void False_non_match_rate_at_a_limit_is_that_of_the_most_generous_threshold_within_it(double limit, double expected) =>
        Assert.Equal(expected, new PairScores([1f, 2f, 2f, 4f], [2f, 3f]).Roc.FalseNonMatchRateAt(limit), 1e-12);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_limit_that_is_no_rate_is_refused(double limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairScores([1f], [2f]).Roc.FalseNonMatchRateAt(limit));

    internal static (float[] Similar, float[] Dissimilar) Draw(int seed, int values)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, 0);
        float[] similar = new float[83], dissimilar = new float[61];
        foreach (ref float distance in similar.AsSpan())
            distance = random.NextInt32(values);
        foreach (ref float distance in dissimilar.AsSpan())
            distance = random.NextInt32(values) + random.NextInt32((values / 2) + 1);
        return (similar, dissimilar);
    }
}
