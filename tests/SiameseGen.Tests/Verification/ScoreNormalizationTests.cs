using SiameseGen.Evaluation;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Verification;

public class ScoreNormalizationTests
{
    [Fact]
    public void Scores_are_standard_deviations_from_the_mean_distance_to_strangers()
    {
        // On a line: from 0 the strangers are 4 and 6 away (mean 5, deviation 1), from 1 they are 3 and 5 (mean 4).
        var norm = new ScoreNormalization(DistanceMetric.Euclidean, [[4f], [6f]]);
        Assert.Equal(1 - 5, norm.Z([0f], [1f]), 1e-9);
        Assert.Equal(1 - 4, norm.T([0f], [1f]), 1e-9);
        Assert.Equal(-3.5, norm.S([0f], [1f]), 1e-9);
        Assert.Equal(norm.S([0f], [1f]), norm.S([1f], [0f]), 1e-9);
    }

    [Fact]
    public void A_template_that_is_near_to_everybody_no_longer_accepts_everybody()
    {
        // Half of the identities have embeddings three times as long: all their distances are larger, so that no threshold fits both.
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        float[] Draw(float scale, float[]? of = null) => [.. Enumerable.Range(0, 8).Select(k => of is null ? random.NextSingle(-1f, 1f) * scale : of[k] + (random.NextSingle(-0.9f, 0.9f) * scale))];
        float[][] cohort = [.. Enumerable.Range(0, 200).Select(i => Draw(i % 2 == 0 ? 1f : 3f))];
        (float[] Template, float[] Genuine, float[] Impostor)[] trials = [.. Enumerable.Range(0, 400).Select(i =>
        {
            float scale = i % 2 == 0 ? 1f : 3f;
            float[] template = Draw(scale);
            return (template, Draw(scale, template), Draw(scale));
        })];
        var norm = new ScoreNormalization(DistanceMetric.Euclidean, cohort);
        double Eer(Func<float[], float[], double> score) => new PairScores(
            [.. trials.Select(trial => (float)score(trial.Template, trial.Genuine))], [.. trials.Select(trial => (float)score(trial.Template, trial.Impostor))]).EqualErrorRate;
        double raw = Eer((a, b) => Distances.Between(DistanceMetric.Euclidean, a, b)), normalized = Eer((a, b) => norm.S(a, b));
        Assert.True(normalized < raw, $"{normalized} instead of {raw}");
    }

    [Fact]
    public void A_cohort_without_spread_is_no_trouble_and_one_without_members_is()
    {
        Assert.Equal(1 - 5, new ScoreNormalization(DistanceMetric.Euclidean, [[5f], [5f]]).Z([0f], [1f]), 1e-6);
        Assert.Throws<ArgumentException>(() => new ScoreNormalization(DistanceMetric.Euclidean, [[1f]]));
        Assert.Throws<ArgumentException>(() => new ScoreNormalization(DistanceMetric.Euclidean, [[1f], [1f, 2f]]));
        Assert.Throws<ArgumentException>(() => new ScoreNormalization(DistanceMetric.Euclidean, [[1f], [2f]]).Z([1f, 2f], [1f, 2f]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void What_would_make_every_score_meaningless_is_refused_where_it_comes_from(float value)
    {
        Assert.Contains("Member 1", Assert.Throws<ArgumentException>("cohort", () => new ScoreNormalization(DistanceMetric.Euclidean, [[1f], [value], [2f]])).Message, StringComparison.Ordinal);
        Assert.Contains("Member 2", Assert.Throws<ArgumentException>("cohort", () => new ScoreNormalization(DistanceMetric.Euclidean, [[1f], [2f], null!])).Message, StringComparison.Ordinal);
        var norm = new ScoreNormalization(DistanceMetric.SquaredEuclidean, [[1f], [2f]]);
        Assert.Throws<ArgumentException>(() => norm.Z([value], [1f]));
        Assert.Throws<ArgumentException>(() => norm.T([1f], [value]));
        Assert.Throws<ArgumentException>(() => norm.S([1e30f], [1f]));
    }

    [Fact]
    public void Scores_take_a_threshold_as_distances_do()
    {
        var random = new CounterRandom(2, CounterRandom.Purpose.Data, 0);
        float[] Near(float[] centre) => [.. centre.Select(value => value + random.NextSingle(-0.2f, 0.2f))];
        float[] Stranger() => [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle(-1f, 1f))];
        var norm = new ScoreNormalization(DistanceMetric.Euclidean, [.. Enumerable.Range(0, 100).Select(_ => Stranger())]);
        float[][] points = [.. Enumerable.Range(0, 40).Select(_ => Stranger()).SelectMany(centre => new[] { Near(centre), Near(centre), Near(centre) })];
        EmbeddedExamples examples = EmbeddedExamples.ByDistance((i, j) => (float)norm.S(points[i], points[j]), [.. Enumerable.Range(0, 120).Select(i => i / 3)]);
        Calibration calibration = Calibration.Of(PairVerification.AllPairs(examples, cancellationToken: TestContext.Current.CancellationToken), CalibrationTarget.FalseMatchRate(0.01), new string('a', 64));
        Assert.True(calibration.Threshold.Value < 0 && calibration.FalseMatchRate.High <= 0.01 && calibration.FalseNonMatchRate.Value < 0.1, $"{calibration}");
        Assert.Equal(Verdict.Match, calibration.Decide(new Distance((float)norm.S(points[0], points[1]))));
    }
}
