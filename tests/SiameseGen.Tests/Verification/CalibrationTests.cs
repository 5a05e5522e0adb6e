using SiameseGen.Evaluation;
using SiameseGen.Tests.Evaluation;
using SiameseGen.Tests.Persistence;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Verification;

/// <summary>What a threshold may claim, on distances of either sign.</summary>
public sealed class CalibrationTests : IDisposable
{
    private static readonly string Model = new('a', 64);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Distances_below_0_are_no_sign_of_a_collapse()
    {
        // As dot products are: owners from −2 to −1.5, strangers from −1.2 to −0.2.
        var scores = new PairScores([.. Enumerable.Range(0, 1000).Select(i => -2f + (i * 0.0005f))], [.. Enumerable.Range(0, 5000).Select(i => -1.2f + (i * 0.0002f))]);
        Assert.Equal(1, scores.Auc);
        foreach (ScoreForm form in Enum.GetValues<ScoreForm>())
        {
            Calibration calibration = Calibration.Of(scores, CalibrationTarget.FalseMatchRate(0.01), Model, unsureFalseNonMatchRate: 0.01, form);
            Assert.InRange(calibration.Threshold.Value, -1.2f, -1.19f);
            Assert.Equal(calibration.Threshold, calibration.UnsureUntil); // all owners match already
            Assert.Equal(0, calibration.FalseNonMatchRate.Value);
            Assert.Equal((Verdict.Match, Verdict.NoMatch), (calibration.Decide(new Distance(-1.5f)), calibration.Decide(new Distance(-1f))));
            Assert.True(calibration.Score.Of(new Distance(-1.9f)).Value > 0.9f && calibration.Score.Of(new Distance(-0.3f)).Value < 0.1f, $"{calibration}");
            calibration.Save(_folder.File("threshold"));
            Assert.Equal(calibration, Calibration.Load(_folder.File("threshold")));
        }

        // An unsure band below 0, and the other targets.
        PairScores overlapping = new([.. Enumerable.Range(0, 1000).Select(i => -2f + (i * 0.001f))], [.. Enumerable.Range(0, 5000).Select(i => -1.2f + (i * 0.0002f))]);
        Calibration band = Calibration.Of(overlapping, CalibrationTarget.FalseMatchRate(0.01), Model, unsureFalseNonMatchRate: 0.05);
        Assert.Equal(-1.051f, band.UnsureUntil.Value, 1e-3f);
        Assert.Equal(Verdict.Unsure, band.Decide(new Distance(-1.1f)));
        Assert.InRange(Calibration.Of(scores, CalibrationTarget.EqualErrorRate, Model).Threshold.Value, -1.51f, -1.2f);
        Assert.InRange(Calibration.Of(scores, CalibrationTarget.Accuracy, Model).Threshold.Value, -1.51f, -1.2f);
    }

    [Theory]
    [InlineData(-3f)]
    [InlineData(0f)]
    [InlineData(2f)]
    public void Strangers_that_are_tied_at_the_closest_distance_are_refused_only_where_no_owner_is_closer(float closest)
    {
        float[] strangers = [.. Enumerable.Repeat(closest, 100), .. Enumerable.Range(1, 900).Select(i => closest + i)];
        CalibrationException refusal = Assert.Throws<CalibrationException>(() => Calibration.Of(new PairScores([closest, closest + 1], strangers), CalibrationTarget.FalseMatchRate(0.01), Model));
        Assert.Contains("closest 100 of 1,000", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("collapsed", refusal.Message, StringComparison.Ordinal);
        Calibration parted = Calibration.Of(new PairScores([closest - 1, closest + 1], strangers), CalibrationTarget.FalseMatchRate(0.01), Model);
        Assert.Equal((0, 0.5), (parted.FalseMatchRate.Value, parted.FalseNonMatchRate.Value));
    }

    [Theory]
    [InlineData(3000, 1e-3, 0)] // the rule of three: none at all
    [InlineData(5600, 1e-3, 0)]
    [InlineData(5700, 1e-3, 1)]
    [InlineData(30_000, 1e-3, 19)] // the rule of thirty
    [InlineData(30_000, 1e-4, 0)]
    public void A_false_match_rate_is_claimed_only_if_its_interval_ends_within_it(int trials, double rate, int falseMatches)
    {
        var scores = new PairScores([0f], [.. Enumerable.Range(1, trials).Select(i => (float)i)]);
        Calibration calibration = Calibration.Of(scores, CalibrationTarget.FalseMatchRate(rate), Model);
        Assert.Equal(falseMatches, calibration.FalseMatchRate.Value * trials, 1e-6);
        Assert.InRange(calibration.FalseMatchRate.High, 0, rate);
        Assert.Equal(falseMatches + 1, calibration.Threshold.Value, 0.01f);
    }

    [Fact]
    public void What_a_refusal_advises_is_accepted()
    {
        PairScores scores = new([0f], [.. Enumerable.Range(1, 2999).Select(i => (float)i)]);
        string message = Assert.Throws<CalibrationException>(() => Calibration.Of(scores, CalibrationTarget.FalseMatchRate(1e-3), Model)).Message;
        Assert.Contains("that takes 3,000 (the rule of three), and 30,000 ", message, StringComparison.Ordinal);
        Assert.Contains("2,999 pairs", message, StringComparison.Ordinal);
        Assert.Contains("ask for 0.0011 or more", message, StringComparison.Ordinal);
        Assert.NotNull(Calibration.Of(scores, CalibrationTarget.FalseMatchRate(0.0011), Model));
    }

    [Fact]
    public void Pairs_that_are_drawn_often_are_no_more_of_them()
    {
        // 40 examples of 20 classes have 760 pairs of strangers: 100,000 drawings do not make 30,000 trials of them.
        EmbeddedExamples few = EmbeddedExamples.ByDistance((a, b) => a % 20 == b % 20 ? 1f : 2f, [.. Enumerable.Range(0, 40).Select(i => i % 20)]);
        PairScores drawn = PairVerification.RandomPairs(few, pairs: 100_000);
        Assert.Contains("190 pairs of identities, though they have 760 pairs of examples", Assert.Throws<CalibrationException>(() => Calibration.Of(drawn, CalibrationTarget.FalseMatchRate(1e-4), Model)).Message, StringComparison.Ordinal);
        Calibration calibration = Calibration.Of(drawn, CalibrationTarget.FalseMatchRate(0.03), Model);
        Assert.Equal((760, 20), (calibration.ImpostorTrials, calibration.GenuineTrials));
        Assert.Equal(new Estimate(0, 0, 3.0 / 190), calibration.FalseMatchRate);
        Assert.False(VerificationReport.Of(drawn, 1e-4).FalseNonMatchRates[0].IsSupported);
    }

    [Theory]
    [InlineData(1e-2, 25)]
    [InlineData(1e-3, 78)]
    [InlineData(1e-4, 246)]
    public void As_many_identities_as_a_refusal_asks_for_are_accepted(double rate, int identities)
    {
        // Two examples each, and no stranger near.
        PairScores Of(int count) => PairVerification.AllPairs(EmbeddedExamples.ByDistance((a, b) => a / 2 == b / 2 ? 1f : 2f, [.. Enumerable.Range(0, 2 * count).Select(i => i / 2)]), cancellationToken: TestContext.Current.CancellationToken);
        string refusal = Assert.Throws<CalibrationException>(() => Calibration.Of(Of(identities - 1), CalibrationTarget.FalseMatchRate(rate), Model)).Message;
        Assert.Contains($"which {identities} identities have", refusal, StringComparison.Ordinal);
        Assert.InRange(Calibration.Of(Of(identities), CalibrationTarget.FalseMatchRate(rate), Model).FalseMatchRate.High, 0, rate);
    }

    [Theory]
    [InlineData(20, 20, 0.02)]
    [InlineData(80, 8, 0.01)]
    [InlineData(80, 8, 0.001)]
    public void What_is_claimed_of_few_people_with_many_pictures_holds_for_others(int people, int pictures, double rate)
    {
        // Taken for independent, as many pairs of so few people would claim too much in a quarter to two fifths of all cases.
        const int rounds = 60;
        PairScores strangers = Strangers();
        int tooHigh = 0, held = 0;
        for (int round = 0; round < rounds; round++)
        {
            Calibration calibration = Calibration.Of(PairVerification.AllPairs(People(people, pictures, (uint)round), cancellationToken: TestContext.Current.CancellationToken), CalibrationTarget.FalseMatchRate(rate), Model, score: ScoreForm.Isotonic);
            double truth = (double)strangers.CountUpTo(calibration.Threshold.Value).Dissimilar / strangers.DissimilarPairs;
            tooHigh += truth > rate ? 1 : 0;
            held += truth >= calibration.FalseMatchRate.Low && truth <= calibration.FalseMatchRate.High ? 1 : 0;
            Assert.InRange(calibration.FalseMatchRate.High, 0, rate);
        }

        Assert.InRange(tooHigh, 0, (int)(0.1 * rounds));
        Assert.InRange(held, (int)(0.9 * rounds), rounds);
    }

    [Fact]
    public void Intervals_of_owners_who_are_not_accepted_take_people_as_wholes()
    {
        // Every person is accepted in all pictures or in none: 40 of them say as much as 40 pairs do, not as 40 × 45.
        int[] classes = [.. Enumerable.Range(0, 400).Select(i => i / 10)];
        EmbeddedExamples examples = EmbeddedExamples.ByDistance((a, b) => classes[a] == classes[b] ? (classes[a] % 10 == 0 ? 3f : 1f) : 2f, classes);
        Estimate rate = Calibration.Of(PairVerification.AllPairs(examples, cancellationToken: TestContext.Current.CancellationToken), CalibrationTarget.FalseMatchRate(0.1), Model).FalseNonMatchRate;
        Estimate ofPeople = WilsonInterval.Of(4, 40), ofPairs = WilsonInterval.Of(4 * 45, 40 * 45);
        Assert.Equal(0.1, rate.Value, 1e-9);
        Assert.True(rate.Low <= ofPeople.Low + 1e-9 && rate.High >= ofPeople.High - 1e-9 && ofPairs.High < 0.115, $"{rate}");
    }

    [Fact]
    public void Of_many_examples_every_two_classes_are_compared()
    {
        // Ten people with 600 pictures and 250 with one or two: all pairs of at most 450 pictures of each are as many as are taken.
        int[] classes = [.. Enumerable.Range(0, 6000).Select(i => i / 600), .. Enumerable.Range(0, 375).Select(i => 10 + (i % 250))];
        EmbeddedExamples many = EmbeddedExamples.ByDistance((a, b) => classes[a] == classes[b] ? 1f : 2f, classes);
        PairScores scores = Calibration.Pairs(many, CalibrationTarget.FalseMatchRate(1e-4));
        Assert.StartsWith("of up to 462 examples a class all pairs: ", scores.Protocol, StringComparison.Ordinal);
        Assert.Equal(260 * 259 / 2, new ErrorRates(scores).IndependentStrangers);
        Assert.InRange(Calibration.Of(scores, CalibrationTarget.FalseMatchRate(1e-4), Model).FalseMatchRate.High, 0, 1e-4);
    }

    [Fact]
    public void Of_very_many_classes_pairs_are_drawn_once_each()
    {
        EmbeddedExamples many = EmbeddedExamples.ByDistance((a, b) => a / 2 == b / 2 ? 1f : 2f, [.. Enumerable.Range(0, 5002).Select(i => i / 2)]);
        PairScores scores = Calibration.Pairs(many, CalibrationTarget.FalseMatchRate(1e-3));
        Assert.Equal((2501, 100_000), (scores.SimilarPairs, scores.DissimilarPairs));
    }

    [Fact]
    public void Two_people_say_nothing_of_others()
    {
        // 5 % of 10,000 pairs of pictures of the same two people are accepted.
        EmbeddedExamples examples = EmbeddedExamples.ByDistance((a, b) => a % 2 == b % 2 ? 1f : ((a * 7) + (b * 11)) % 20 == 1 ? 0.9f : 2f, [.. Enumerable.Range(0, 200).Select(i => i % 2)]);
        PairScores scores = PairVerification.AllPairs(examples, cancellationToken: TestContext.Current.CancellationToken);
        Calibration calibration = Calibration.Of(scores, CalibrationTarget.EqualErrorRate, Model);
        Assert.Equal((0, 1), (calibration.FalseMatchRate.Low, calibration.FalseMatchRate.High));
        Assert.Equal((0, 1), (calibration.FalseNonMatchRate.Low, calibration.FalseNonMatchRate.High));
        Assert.Equal((0, 1), (VerificationReport.Of(scores).EqualErrorRate.Low, VerificationReport.Of(scores).EqualErrorRate.High));
    }

    // Distances of 2,000 people who were never calibrated on, one picture each.
    private static PairScores Strangers() => PairVerification.AllPairs(People(2001, 1, 1000), cancellationToken: TestContext.Current.CancellationToken);

    // Each person lies somewhere in eight dimensions, and each picture near.
    private static EmbeddedExamples People(int people, int pictures, uint seed)
    {
        const int dimensions = 8, more = 1;
        var random = new CounterRandom(5, CounterRandom.Purpose.Data, seed);
        int[] classes = [.. Enumerable.Range(0, (people * pictures) + more).Select(i => i / pictures)];

        // One person has a second picture, so that there is a similar pair in any case.
        classes[^1] = 0;
        var embeddings = new EmbeddingMatrix(classes.Length, dimensions);
        float[] centre = new float[dimensions];
        for (int i = 0; i < classes.Length; i++)
        {
            if (i % pictures == 0)
            {
                foreach (ref float value in centre.AsSpan())
                    value = random.NextGaussian();
            }

            for (int k = 0; k < dimensions; k++)
                embeddings.Row(i)[k] = centre[k] + (0.35f * random.NextGaussian());
        }

        return new EmbeddedExamples(embeddings, DistanceMetric.Euclidean, classes);
    }
}
