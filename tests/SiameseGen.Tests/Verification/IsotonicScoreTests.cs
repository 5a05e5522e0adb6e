using SiameseGen.Evaluation;
using SiameseGen.Tests.Evaluation;
using SiameseGen.Tests.Persistence;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Verification;

public class IsotonicScoreTests
{
    private static readonly string Model = new('a', 64);

    [Fact]
    public void A_small_fit_is_as_worked_out_by_hand()
    {
        // Weights 1/8 a similar and 1/4 a dissimilar pair; targets 5/6 and 1/4. At 3 the mean would rise over that at 2, and at 5 over that of both, so the three are pooled.
        IsotonicScore score = IsotonicScore.Fit(new PairScores([1f, 3f, 3f, 5f], [2f, 6f]));
        double pooled = ((0.25 * 0.25) + (0.25 * 5 / 6) + (0.125 * 5 / 6)) / 0.625;
        Assert.Equal([1f, 2f, 5f, 6f], score.Distances);
        Assert.Equal((float)(5 / 6.0), score.Probabilities[0]);
        Assert.Equal((float)pooled, score.Probabilities[1]);
        Assert.Equal((float)pooled, score.Probabilities[2]);
        Assert.Equal((float)(5 / 6.0), score.Of(new(0f)).Value);
        Assert.Equal(((5 / 6.0) + pooled) / 2, score.Of(new(1.5f)).Value, 1e-6);
        Assert.Equal(pooled, score.Of(new(2.7f)).Value, 1e-6);
        Assert.Equal(0.25f, score.Of(new(7f)).Value);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 40)]
    [InlineData(3, 1000)]
    public void No_function_that_never_rises_fits_better(int seed, int values)
    {
        (PairScores scores, IsotonicScore score) = Drawn(seed, values);
        double high = (scores.SimilarPairs + 1.0) / (scores.SimilarPairs + 2), low = 1 / (scores.DissimilarPairs + 2.0);
        (double Weight, double Target)[] groups =
        [
            .. scores.Similar().Concat(scores.Dissimilar()).Distinct().Order().Select(distance =>
            {
                double near = 0.5 * scores.Similar().Count(x => x == distance) / scores.SimilarPairs, far = 0.5 * scores.Dissimilar().Count(x => x == distance) / scores.DissimilarPairs;
                return (near + far, ((near * high) + (far * low)) / (near + far));
            }),
        ];

        // The other way to write the optimum: the least over beginnings of the greatest over ends of the mean between.
        float[] distances = [.. scores.Similar().Concat(scores.Dissimilar()).Distinct().Order()];
        for (int i = 0; i < groups.Length; i++)
        {
            double least = double.PositiveInfinity;
            for (int begin = 0; begin <= i; begin++)
            {
                double weight = 0, sum = 0, greatest = 0;
                for (int end = begin; end < groups.Length; end++)
                {
                    weight += groups[end].Weight;
                    sum += groups[end].Weight * groups[end].Target;
                    if (end >= i)
                        greatest = Math.Max(greatest, sum / weight);
                }

                least = Math.Min(least, greatest);
            }

            Assert.Equal(least, score.Of(new(distances[i])).Value, 1e-6);
        }
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 300)]
    public void It_never_rises_and_is_never_sure(int seed, int values)
    {
        (_, IsotonicScore score) = Drawn(seed, values);
        float last = 1f;
        for (float distance = -1; distance < 2 * values; distance += values / 997f)
        {
            float now = score.Of(new(distance)).Value;
            Assert.True(now <= last && now > 0f && now < 1f, $"{now} at {distance} after {last}");
            last = now;
        }
    }

    [Fact]
    public void Distances_that_are_all_one_say_nothing()
    {
        IsotonicScore score = IsotonicScore.Fit(new PairScores([1f, 1f], [1f, 1f]));
        Assert.Equal([1f], score.Distances);
        Assert.Equal(0.5f, score.Of(new(0f)).Value);
        Assert.Equal(0.5f, score.Of(new(9f)).Value);
    }

    [Fact]
    public void Distances_that_are_not_normal_are_told_better_than_by_a_logistic_function()
    {
        // Similar pairs near 0 or, one in five, at 2 to 3, where no stranger is: two steps, which no logistic function has.
        PairScores Draw(ulong seed)
        {
            var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 0);
            return new PairScores(
                [.. Enumerable.Range(0, 4000).Select(i => i % 5 == 0 ? random.NextSingle(2, 3) : random.NextSingle(0, 0.5f))],
                [.. Enumerable.Range(0, 4000).Select(i => i % 4 == 0 ? random.NextSingle(0, 2) : random.NextSingle(3, 3.5f))]);
        }

        Calibration Of(ScoreForm form) => Calibration.Of(Draw(1), CalibrationTarget.EqualErrorRate, Model, score: form);
        Reliability logistic = Reliability.Of(Draw(2), Of(ScoreForm.Logistic).Score), isotonic = Reliability.Of(Draw(2), Of(ScoreForm.Isotonic).Score);
        Assert.True(isotonic.BrierScore < logistic.BrierScore - 0.01, $"{isotonic}{logistic}");
        Assert.True(isotonic.ExpectedCalibrationError < logistic.ExpectedCalibrationError / 2, $"{isotonic}{logistic}");
        Assert.InRange(isotonic.ExpectedCalibrationError, 0, 0.03);
        Assert.Equal(Of(ScoreForm.Logistic).Threshold, Of(ScoreForm.Isotonic).Threshold);
    }

    [Fact]
    public void Reliability_is_as_worked_out_by_hand()
    {
        // Scores 0.9 and 0.3 for similar pairs (a quarter of the weight each), 0.3 and 0.1 for dissimilar ones.
        var score = new IsotonicScore([1f, 2f, 3f], [0.9f, 0.3f, 0.1f]);
        Reliability result = Reliability.Of(new PairScores([1f, 2f], [2f, 3f]), score, bins: 4);
        Assert.Equal((0.01 + 0.49 + 0.09 + 0.01) / 4, result.BrierScore, 1e-6);
        Assert.Equal([0.25, 0.5, 0.25], result.Bins.Select(bin => bin.Weight));
        Assert.Equal([0.0, 0.5, 1.0], result.Bins.Select(bin => bin.SimilarShare));
        Assert.Equal((0.25 * 0.1) + (0.5 * 0.2) + (0.25 * 0.1), result.ExpectedCalibrationError, 1e-6);
        Assert.StartsWith("reliability, given pairs; both kinds count half; 4 bins of equal width\nBrier score 0.1500\n", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(0.25, Reliability.Of(new PairScores([1f], [2f]), new IsotonicScore([1f], [0.5f])).BrierScore);
        Assert.Throws<ArgumentOutOfRangeException>(() => Reliability.Of(new PairScores([1f], [2f]), score, bins: 0));
    }

    [Fact]
    public void Knots_out_of_order_or_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new IsotonicScore([], []));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([1f], [0.5f, 0.4f]));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([1f, 1f], [0.5f, 0.4f]));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([1f, 2f], [0.4f, 0.5f]));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([1f], [1.5f]));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([float.NaN], [0.5f]));
        Assert.Throws<ArgumentException>(() => new IsotonicScore([1f], [float.NaN]));
    }

    [Fact]
    public void A_calibration_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("calibration.json");
        foreach (ScoreForm form in Enum.GetValues<ScoreForm>())
        {
            Calibration written = Calibration.Of(Drawn(6, 50).Scores, CalibrationTarget.EqualErrorRate, Model, score: form);
            written.Save(path);
            Assert.Equal(written, Calibration.Load(path));
        }
    }

    private static (PairScores Scores, IsotonicScore Score) Drawn(int seed, int values)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, 0);
        float[] similar = new float[83], dissimilar = new float[61];
        foreach (ref float distance in similar.AsSpan())
            distance = random.NextInt32(values);
        foreach (ref float distance in dissimilar.AsSpan())
            distance = random.NextInt32(values) + random.NextInt32((values / 2) + 1);
        var scores = new PairScores(similar, dissimilar);
        return (scores, IsotonicScore.Fit(scores));
    }
}
