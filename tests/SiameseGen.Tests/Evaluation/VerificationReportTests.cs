using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class VerificationReportTests
{
    [Fact]
    public void A_resample_that_draws_every_class_once_has_the_figures_of_the_curve()
    {
        PairScores scores = Drawn(classes: 12, perClass: 4, spread: 0.8f, seed: 1);
        double[] limits = [0.01, 0.1, 0.5];
        double[] figures = PairBootstrap.Figures([.. scores.Distances.Select(count => (double)count.Similar)], [.. scores.Distances.Select(count => (double)count.Dissimilar)], limits)!;
        Assert.Equal(scores.Auc, figures[0], 1e-12);
        Assert.Equal(scores.EqualErrorRate, figures[1], 1e-12);
        for (int i = 0; i < limits.Length; i++)
            Assert.Equal(scores.Roc.FalseNonMatchRateAt(limits[i]), figures[2 + i], 1e-12);
    }

    [Fact]
    public void A_resample_counts_pairs_as_often_as_their_classes_were_drawn()
    {
        // Class 0 once, class 1 twice, class 2 not at all: written out, its pairs repeated, the same curve has to come of it.
        double[] figures = PairBootstrap.Figures([0, 1, 2, 0, 0], [0, 0, 2, 2, 0], [0.4, 0.6])!;
        var repeated = new PairScores([1f, 2f, 2f], [2f, 2f, 3f, 3f]);
        Assert.Equal(repeated.Auc, figures[0], 1e-12);
        Assert.Equal(repeated.EqualErrorRate, figures[1], 1e-12);
        Assert.Equal(repeated.Roc.FalseNonMatchRateAt(0.4), figures[2], 1e-12);
        Assert.Equal(repeated.Roc.FalseNonMatchRateAt(0.6), figures[3], 1e-12);
        Assert.Null(PairBootstrap.Figures([0, 3], [0, 0], []));
        Assert.Null(PairBootstrap.Figures([0, 0], [0, 3], []));
    }

    [Fact]
    public void Intervals_hold_the_truth_about_as_often_as_they_say()
    {
        // Classes differ in how hard they are, so that pairs of one class are alike. The truth is that of very many classes.
        double truth = Drawn(classes: 400, perClass: 3, spread: 0.7f, seed: 999).EqualErrorRate;
        int held = 0, heldTakingPairsForIndependent = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PairScores scores = Drawn(classes: 20, perClass: 4, spread: 0.7f, seed);
            Estimate byClass = VerificationReport.Of(scores).EqualErrorRate, byPair = VerificationReport.Of(new PairScores(scores.Similar(), scores.Dissimilar())).EqualErrorRate;
            held += truth >= byClass.Low && truth <= byClass.High ? 1 : 0;
            heldTakingPairsForIndependent += truth >= byPair.Low && truth <= byPair.High ? 1 : 0;
            Assert.InRange(scores.EqualErrorRate, byClass.Low, byClass.High);
        }

        Assert.InRange(held, 33, 40);
        Assert.True(heldTakingPairsForIndependent < held, $"{heldTakingPairsForIndependent} of 40 hold that take pairs for independent, {held} that do not.");
    }

    [Fact]
    public void What_too_few_pairs_can_show_is_marked_rather_than_printed()
    {
        // 3,000 dissimilar pairs carry a claim of 10⁻³ and none of 10⁻⁴.
        float[] far = [.. Enumerable.Range(0, 3000).Select(i => 1f + i)];
        VerificationReport report = VerificationReport.Of(new PairScores([0.5f, 2f], far));
        Assert.Equal([1e-1, 1e-2, 1e-3, 1e-4], report.FalseNonMatchRates.Select(rate => rate.FalseMatchRate));
        Assert.Equal([true, true, true, false], report.FalseNonMatchRates.Select(rate => rate.IsSupported));
        Assert.Equal(30_000, report.FalseNonMatchRates[3].PairsNeeded);
        Assert.Contains("FNMR at FMR 0.01 %  not shown: it takes 30,000 dissimilar pairs (rule of three), and there are 3,000\n", report.ToString(), StringComparison.Ordinal);
        Assert.False(VerificationReport.Of(new PairScores([0.5f], far.AsSpan(1)), 1e-3).FalseNonMatchRates[0].IsSupported);
    }

    [Fact]
    public void Without_an_error_an_interval_reaches_to_three_in_n()
    {
        VerificationReport report = VerificationReport.Of(new PairScores([.. Enumerable.Repeat(0f, 300)], [.. Enumerable.Repeat(1f, 1000)]), 0.01);
        Assert.Equal(new Estimate(0, 0, 0.01), report.FalseNonMatchRates[0].FalseNonMatchRate);
        Assert.Equal(new Estimate(0, 0, 0.01), report.EqualErrorRate);
        Assert.Equal(new Estimate(1, 0.99, 1), report.Auc);

        // One pair of each kind shows nothing at all.
        Assert.Equal(new Estimate(1, 0, 1), VerificationReport.Of(new PairScores([0f], [1f]), 0.5).Auc);
        Assert.Equal(new Estimate(0, 0, 1), VerificationReport.Of(new PairScores([1f], [0f]), 0.5).Auc);
    }

    [Fact]
    public void Without_an_error_the_rule_of_three_counts_classes_because_their_pairs_are_alike()
    {
        // 12 classes of 6 have 180 similar pairs, and another has none: 3/12.
        int[] classes = [.. Enumerable.Range(0, 72).Select(i => i / 6), 12];
        VerificationReport report = VerificationReport.Of(PairVerification.AllPairs(EmbeddedExamples.ByDistance((a, b) => classes[a] == classes[b] ? 0f : 1f, classes), cancellationToken: TestContext.Current.CancellationToken), 0.1);
        Assert.Equal(new Estimate(1, 0.75, 1), report.Auc);
        Assert.Equal(new Estimate(0, 0, 0.25), report.EqualErrorRate);
        Assert.Equal(new Estimate(0, 0, 0.25), report.FalseNonMatchRates[0].FalseNonMatchRate);
    }

    [Fact]
    public void An_encoder_that_sees_nothing_scores_as_chance_does()
    {
        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i / 6)];
        VerificationReport report = VerificationReport.Of(PairVerification.AllPairs(EmbeddedExamples.ByDistance((_, _) => 1f, classes), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(new Estimate(0.5, 0.5, 0.5), report.Auc);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5), report.EqualErrorRate);
        Assert.All(report.FalseNonMatchRates.Where(rate => rate.IsSupported), rate => Assert.Equal(1, rate.FalseNonMatchRate!.Value.Value));
    }

    [Fact]
    public void The_table_begins_with_the_protocol_and_is_the_same_each_time()
    {
        VerificationReport report = VerificationReport.Of(Drawn(10, 5, 0.5f, 3)), again = VerificationReport.Of(Drawn(10, 5, 0.5f, 3));
        Assert.Equal(report.ToString(), again.ToString());
        string[] lines = report.ToString().Split('\n');
        Assert.Equal("verification, all pairs: 100 similar, 1,125 dissimilar; ties shared; 95 % intervals by bootstrap over 10 classes, 2,000 resamples, seed 95", lines[0]);
        Assert.StartsWith("AUC                 ", lines[1], StringComparison.Ordinal);
        Assert.Equal((1225, 100), (report.SimilarPairs + report.DissimilarPairs, report.SimilarPairs));
        Assert.Contains("pairs for independent", VerificationReport.Of(new PairScores([1f], [2f])).Protocol, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VerificationReport.Of(new PairScores([1f], [2f]), 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => VerificationReport.Of(new PairScores([1f], [2f]), double.NaN));
        Assert.Throws<ArgumentException>(() => PairScores.OfSubjects([1f], [1, 2], [1]));
        Assert.Throws<ArgumentException>(() => PairScores.OfSubjects([1f], [1], [1]));
        Assert.Throws<ArgumentException>(() => PairScores.OfSubjects([1f, float.NaN], [1, 2], [1, 3]));
    }

    // Classes at random places of a plane, each with a width of its own.
    private static PairScores Drawn(int classes, int perClass, float spread, int seed)
    {
        float[][] points = new float[classes * perClass][];
        for (int i = 0; i < points.Length; i++)
        {
            var centre = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, (uint)(i / perClass));
            var noise = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, (uint)i, 1);
            float x = centre.NextSingle(-2, 2), y = centre.NextSingle(-2, 2), width = spread * 2 * centre.NextSingle();
            points[i] = [x + (width * noise.NextGaussian()), y + (width * noise.NextGaussian())];
        }

        return PairVerification.AllPairs(Points.On([.. Enumerable.Range(0, points.Length).Select(i => i / perClass)], points), cancellationToken: TestContext.Current.CancellationToken);
    }
}
