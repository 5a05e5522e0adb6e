using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class PairScoresTests
{
    [Fact]
    public void A_threshold_is_not_judged_by_the_pairs_it_was_chosen_on()
    {
        var scores = new PairScores([1f, 2f], [3f, 4f]);
        VerificationThreshold threshold = scores.ChooseThreshold();

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => scores.AccuracyAt(threshold));
        Assert.Contains("other classes", refusal.Message, StringComparison.Ordinal);
        Assert.Same(scores, threshold.ChosenOn);
        Assert.Equal(1.0, new PairScores([1f, 2f], [3f, 4f]).AccuracyAt(threshold).Accuracy);
        Assert.Throws<ArgumentException>(() => scores.AccuracyAt(new VerificationThreshold(new Distance(float.NaN))));

        // The same pairs, scored again, are no others; other examples with equal distances are.
        EmbeddedExamples examples = Points.OnALine([0, 0, 1, 1], 0, 1, 5, 6), others = Points.OnALine([0, 0, 1, 1], 0, 1, 5, 6);
        threshold = PairVerification.AllPairs(examples, cancellationToken: TestContext.Current.CancellationToken).ChooseThreshold();
        Assert.Throws<ArgumentException>(() => PairVerification.AllPairs(examples, cancellationToken: TestContext.Current.CancellationToken).AccuracyAt(threshold));
        Assert.Equal(1.0, PairVerification.AllPairs(others, cancellationToken: TestContext.Current.CancellationToken).AccuracyAt(threshold).Accuracy);
    }

    [Fact]
    public void Accuracy_counts_each_kind_of_pair_half()
    {
        VerificationAccuracy result = new PairScores([1f, 2f, 3f, 9f], [2f, 8f, 9f, 9f, 9f]).AccuracyAt(new VerificationThreshold(new Distance(2f)));
        Assert.Equal((2, 1, 4, 2), (result.TrueMatches, result.FalseMatches, result.TrueNonMatches, result.FalseNonMatches));
        Assert.Equal(0.2, result.FalseMatchRate, 1e-12);
        Assert.Equal(0.5, result.FalseNonMatchRate, 1e-12);
        Assert.Equal((0.5 + 0.8) / 2, result.Accuracy, 1e-12);
    }

    [Fact]
    public void Accuracy_says_how_far_to_trust_it_and_how_it_was_measured()
    {
        var chosen = new PairScores([1f, 2f], [3f, 4f], "pairs of a Monday");
        VerificationAccuracy alone = new PairScores([1f], [4f]).AccuracyAt(chosen.ChooseThreshold());
        Assert.Equal((1.0, 1.0), (alone.Interval.Value, alone.Interval.High));
        Assert.True(alone.Interval.Low < 0.5, $"{alone}");
        Assert.EndsWith(
            "verification at a threshold, given pairs; threshold 2.5 chosen on pairs of a Monday; each kind of pair counts half; 95 % interval by Newcombe's formula, which takes pairs for independent", alone.ToString(), StringComparison.Ordinal);

        // A half and 0.8 of 100 pairs each: half the root of what both shares may be off, squared.
        float[] half = [.. Enumerable.Range(0, 100).Select(i => i < 50 ? 0f : 9f)], fifth = [.. Enumerable.Range(0, 100).Select(i => i < 20 ? 0f : 9f)];
        Estimate interval = new PairScores(half, fifth).AccuracyAt(new VerificationThreshold(new Distance(1f))).Interval;
        double deviation = Math.Sqrt((0.5 * 0.5 / 100) + (0.2 * 0.8 / 100)) / 2;
        Assert.Equal(0.65, interval.Value, 1e-12);
        Assert.Equal(0.65 - (1.96 * deviation), interval.Low, 0.005);
        Assert.Equal(0.65 + (1.96 * deviation), interval.High, 0.005);
    }

    [Fact]
    public void The_interval_of_accuracy_takes_classes_at_a_time()
    {
        // All pairs of a class are decided alike, half of the classes wrongly: 10 classes are 10 trials, however many pairs they have.
        int[] classes = [.. Enumerable.Range(0, 80).Select(i => i / 8)];
        PairScores scores = PairVerification.AllPairs(EmbeddedExamples.ByDistance((a, b) => classes[a] == classes[b] ? (classes[a] % 2 == 0 ? 0f : 2f) : 3f, classes), cancellationToken: TestContext.Current.CancellationToken);
        VerificationAccuracy result = scores.AccuracyAt(new VerificationThreshold(new Distance(1f)));
        double half = 1.96 * Math.Sqrt(0.25 / 10) / 2;
        Assert.Equal(0.75, result.Interval.Value, 1e-12);
        Assert.Equal(0.75 - half, result.Interval.Low, 0.03);
        Assert.Equal(0.75 + half, result.Interval.High, 0.03);
        Assert.Contains("threshold 1 set by hand; each kind of pair counts half; 95 % interval by bootstrap over 10 classes, 2,000 resamples, seed 95", result.Protocol, StringComparison.Ordinal);
        Assert.Equal(new Estimate(1, 0.7, 1), scores.AccuracyAt(new VerificationThreshold(new Distance(2.5f))).Interval);
    }

    [Fact]
    public void A_threshold_lies_midway_between_the_distances_it_parts() =>
        Assert.Equal(3f, new PairScores([1f, 2f], [4f, 5f]).ChooseThreshold().Value.Value);

    [Theory]
    [InlineData(11, 4)]
    [InlineData(12, 20)]
    [InlineData(13, 500)]
    public void No_other_threshold_has_a_better_balanced_accuracy(int seed, int values)
    {
        (float[] similar, float[] dissimilar) = RocCurveTests.Draw(seed, values);
        double Accuracy(float threshold) =>
            ((similar.Count(distance => distance <= threshold) / (double)similar.Length)
            + (dissimilar.Count(distance => distance > threshold) / (double)dissimilar.Length)) / 2;
        double best = similar.Concat(dissimilar).Append(-1f).Max(Accuracy);

        Assert.Equal(best, Accuracy(new PairScores(similar, dissimilar).ChooseThreshold().Value.Value), 1e-12);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1.0000001f)]
    public void A_threshold_parts_neighbouring_floats(float below)
    {
        float above = MathF.BitIncrement(below);
        VerificationThreshold threshold = new PairScores([below], [above]).ChooseThreshold();
        Assert.Equal(1.0, new PairScores([below], [above]).AccuracyAt(threshold).Accuracy);
    }

    [Fact]
    public void Where_accepting_nothing_is_best_the_threshold_accepts_nothing()
    {
        VerificationThreshold threshold = new PairScores([5f, 6f], [1f, 2f, 5f]).ChooseThreshold();
        VerificationAccuracy result = new PairScores([5f, 6f], [1f, 2f, 5f]).AccuracyAt(threshold);
        Assert.Equal((0.5, 0.0, 1.0), (result.Accuracy, result.FalseMatchRate, result.FalseNonMatchRate));
    }

    [Fact]
    public void Pairs_of_one_kind_only_are_refused()
    {
        Assert.Throws<ArgumentException>("similar", () => new PairScores([], [1f]));
        Assert.Throws<ArgumentException>("dissimilar", () => new PairScores([1f], []));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Distances_that_are_no_finite_numbers_are_refused(float distance)
    {
        Assert.Throws<ArgumentException>("similar", () => new PairScores([1f, distance], [1f]));
        Assert.Throws<ArgumentException>("dissimilar", () => new PairScores([1f], [distance, 1f]));
    }

    [Fact]
    public void Distances_given_are_left_as_they_are_and_kept_in_order()
    {
        float[] similar = [3f, 1f, 2f];
        var scores = new PairScores(similar, [5f, 4f]);
        Assert.Equal([3f, 1f, 2f], similar);
        Assert.Equal([1f, 2f, 3f], scores.Similar());
        Assert.Equal([4f, 5f], scores.Dissimilar());
    }
}
