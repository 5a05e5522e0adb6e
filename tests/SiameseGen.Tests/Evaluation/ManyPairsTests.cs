using SiameseGen.Evaluation;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

/// <summary>All pairs of very many examples, without room for them. SIAMESEGEN_LARGE=1 takes 200 million pairs, and minutes.</summary>
public class ManyPairsTests
{
    [Fact]
    public void All_pairs_of_many_examples_are_scored_reported_and_calibrated_on()
    {
        bool isLarge = Environment.GetEnvironmentVariable("SIAMESEGEN_LARGE") == "1";
        int examples = isLarge ? 20_000 : 3000;
        const int length = 16, ofClass = 10;
        var embeddings = new EmbeddingMatrix(examples, length);
        int[] classes = [.. Enumerable.Range(0, examples).Select(i => i / ofClass)];
        for (int i = 0; i < examples; i++)
        {
            CounterRandom centre = new(11, CounterRandom.Purpose.Data, (uint)classes[i]), noise = new(12, CounterRandom.Purpose.Data, (uint)i);
            foreach (ref float value in embeddings.Row(i))
                value = centre.NextGaussian() + (0.7f * noise.NextGaussian());
        }

        long most = 0;
        using (var watch = new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 20))
        {
            PairScores scores = PairVerification.AllPairs(new EmbeddedExamples(embeddings, DistanceMetric.Euclidean, classes), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal((long)examples * (examples - 1) / 2, scores.SimilarPairs + scores.DissimilarPairs);
            Assert.Equal((long)examples * (ofClass - 1) / 2, scores.SimilarPairs);
            Assert.InRange(scores.Distances.Count, 1, 2_100_000);
            VerificationReport report = VerificationReport.Of(scores);
            Assert.InRange(scores.EqualErrorRate, report.EqualErrorRate.Low, report.EqualErrorRate.High);
            Assert.All(report.FalseNonMatchRates, rate => Assert.True(rate.IsSupported));
            Calibration calibration = Calibration.Of(scores, CalibrationTarget.FalseMatchRate(1e-3), new string('a', 64), score: ScoreForm.Isotonic);
            Assert.InRange(calibration.FalseMatchRate.High, calibration.FalseMatchRate.Value, 1e-3);
            Assert.InRange(calibration.FalseMatchRate.Value, 5e-4, 1e-3);
        }

        // Kept one by one, 200 million pairs would be 5 GB, and 15 while their curve is made. Of few pairs memory says nothing.
        if (isLarge)
            Assert.InRange(most, 1, 600_000_000);
    }
}
