using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Training;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Models.Tests;

public class VerifierTests
{
    private static readonly ExampleSet Examples = Made();
    private static readonly string Model = new('a', 64);

    [Fact]
    public async Task Who_is_enrolled_is_known_again_and_who_is_not_is_nobody()
    {
        (ExampleSet training, ExampleSet rest) = ClassSplit.ByClass(Examples, validationShare: 0.5, seed: 1);
        (ExampleSet calibrating, ExampleSet unseen) = ClassSplit.ByClass(rest, validationShare: 0.5, seed: 2);
        var encoder = new MinedTriplet(seed: 2);
        await new Trainer<MinedTriplet>(encoder, new TrainingOptions { Epochs = 20, Seed = 1, LearningRate = 0.01f }).FitAsync(training, cancellationToken: TestContext.Current.CancellationToken);

        // A stranger is compared with some 57 templates, so that 5 in 1,000 of single comparisons are about one in four of strangers at most: 37 people show no less.
        Calibration calibration = Calibration.Measure(encoder, calibrating, CalibrationTarget.FalseMatchRate(0.005), training);
        Assert.Throws<ArgumentException>(() => Calibration.Measure(encoder, training, CalibrationTarget.EqualErrorRate, training));

        var verifier = new Verifier<MinedTriplet>(encoder, calibration);
        Assert.Null(verifier.Identify(Input(unseen, 0)).Identity);
        int[] classes = unseen.Classes.ToArray(), known = [.. classes.Distinct().Take(classes.Distinct().Count() / 2)];
        foreach (int number in known)
        {
            foreach (int example in Enumerable.Range(0, classes.Length).Where(i => classes[i] == number).Take(3))
                verifier.Enrol($"person {number}", Input(unseen, example));
        }

        Assert.Equal((known.Length, 3 * known.Length), (verifier.Identities.Count, verifier.TemplateCount));
        int right = 0, trials = 0, strangers = 0, refused = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            bool isKnown = known.Contains(classes[i]);
            if (isKnown && Enumerable.Range(0, i).Count(k => classes[k] == classes[i]) < 3)
                continue;
            IdentificationResult result = verifier.Identify(Input(unseen, i));
            trials += isKnown ? 1 : 0;
            right += isKnown && result.Identity == $"person {classes[i]}" ? 1 : 0;
            strangers += isKnown ? 0 : 1;
            refused += !isKnown && result.Verdict is Verdict.NoMatch && result.Identity is null ? 1 : 0;
            if (isKnown)
            {
                VerificationResult claim = verifier.Verify($"person {classes[i]}", Input(unseen, i));
                Assert.True(claim.Distance >= result.Distance);
                Assert.Equal(calibration.Score.Of(claim.Distance), claim.Score);
            }
        }

        Assert.True(right >= 0.9 * trials, $"{right} of {trials}");
        Assert.True(refused >= 0.8 * strangers, $"{refused} of {strangers} {right} of {trials}; {calibration}");

        IReadOnlyList<IdentificationResult> candidates = verifier.Candidates(Input(unseen, 0), 3);
        Assert.Equal(3, candidates.Count);
        Assert.Equal(candidates.OrderBy(candidate => candidate.Distance), candidates);
        Assert.True(verifier.Remove($"person {known[0]}"));
        Assert.False(verifier.Remove($"person {known[0]}"));
        Assert.Throws<KeyNotFoundException>(() => verifier.Verify($"person {known[0]}", Input(unseen, 0)));
        Assert.Throws<ArgumentException>(() => verifier.Enrol("somebody", [float.NaN, .. new float[11]]));

        VerificationResult same = verifier.Compare(Input(unseen, 0), Input(unseen, 0));
        Assert.Equal((Verdict.Match, new Distance(0f)), (same.Verdict, same.Distance));
        Assert.True(same.Score.Value > 0.9f);
    }

    [Fact]
    public void A_verifier_is_kept_and_belongs_to_its_weights()
    {
        var encoder = new MinedTriplet(seed: 2);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Calibration calibration = Calibration.Measure(encoder, Examples, CalibrationTarget.FalseMatchRate(0.05), unsureFalseNonMatchRate: 0.02);
            var verifier = new Verifier<MinedTriplet>(encoder, calibration);
            verifier.Enrol("Ada", Input(Examples, 0));
            verifier.Enrol("Bob", Input(Examples, 40));
            verifier.Enrol("Ada", Input(Examples, 1));
            string file = Path.Combine(folder, "door.json");
            verifier.Save(file);

            var again = new MinedTriplet(seed: 2);
            Verifier<MinedTriplet> loaded = Verifier<MinedTriplet>.Load(again, file);
            Assert.Equal(calibration, loaded.Calibration);
            Assert.Equal(calibration, Calibration.Load(file));
            Assert.Equal(verifier.Identities, loaded.Identities);
            Assert.Equal(3, loaded.TemplateCount);
            for (int i = 0; i < 30; i++)
                Assert.Equal(verifier.Identify(Input(Examples, i)), loaded.Identify(Input(Examples, i)));

            encoder.Parameters.MarkChanged(); // but they have not
            Assert.Equal(Verdict.Match, verifier.Verify("Ada", Input(Examples, 0)).Verdict);
            again.Parameters.Values[0] += 1e-3f;
            again.Parameters.MarkChanged();
            Assert.Throws<CalibrationException>(() => loaded.Verify("Ada", Input(Examples, 0)));
            Assert.Throws<CalibrationException>(() => loaded.Enrol("Eve", Input(Examples, 0)));
            Assert.Throws<CalibrationException>(() => loaded.Save(file));
            again.Parameters.Values[0] -= 1e-3f;
            calibration.Save(Path.Combine(folder, "threshold.json"));
            Assert.Equal(calibration, Calibration.Load(Path.Combine(folder, "threshold.json")));
            again.Parameters.Values[0] += 1e-3f;
            again.Parameters.MarkChanged();
            Assert.Throws<CalibrationException>(() => Verifier<MinedTriplet>.Load(again, file));
            Assert.Throws<CalibrationException>(() => new Verifier<MinedTriplet>(again, calibration));

            string text = File.ReadAllText(file);
            foreach (string damaged in (string[])[text[..(text.Length / 2)], "[]", "", text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal), text.Replace("\"Ada\"", "\"\"", StringComparison.Ordinal), text.Replace("\"threshold\"", "\"treshold\"", StringComparison.Ordinal)])
            {
                File.WriteAllText(file, damaged);
                Assert.Throws<InvalidDataException>(() => Verifier<MinedTriplet>.Load(encoder, file));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_the_data_cannot_show_is_refused_with_what_it_would_take()
    {
        var scores = new PairScores([.. Enumerable.Range(0, 100).Select(i => i * 0.01f)], [.. Enumerable.Range(0, 2999).Select(i => 0.8f + (i * 0.001f))]);
        CalibrationException failure = Assert.Throws<CalibrationException>(() => Calibration.Of(scores, CalibrationTarget.FalseMatchRate(1e-3), Model));
        Assert.Contains("3,000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("30,000", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationTarget.FalseMatchRate(0));
    }

    [Fact]
    public void An_encoder_that_sees_nothing_gets_a_threshold_or_a_reason()
    {
        var tied = new PairScores([0f, 0f, 0f, 1f, 2f], [0f, 0f, 0f, 1f, 2f]);
        Assert.True(float.IsFinite(Calibration.Of(tied, CalibrationTarget.EqualErrorRate, Model).Threshold.Value));
        var collapsed = new PairScores([0f, 0f], [.. Enumerable.Repeat(0f, 100)]);
        Assert.Contains("collapsed", Assert.Throws<CalibrationException>(() => Calibration.Of(collapsed, CalibrationTarget.FalseMatchRate(0.1), Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_keeps_its_target_and_says_how_far_to_trust_it()
    {
        var scores = new PairScores([.. Enumerable.Range(0, 100).Select(i => i * 0.01f)], [.. Enumerable.Range(0, 4000).Select(i => 0.8f + (i * 0.001f))]);
        Calibration calibration = Calibration.Of(scores, CalibrationTarget.FalseMatchRate(0.01), Model, unsureFalseNonMatchRate: 0.05);
        Assert.Equal(0.827f, calibration.Threshold.Value, 1e-3f);
        Assert.Equal(27.0 / 4000, calibration.FalseMatchRate.Value, 1e-9); // one more, and it might be above 0.01
        Assert.InRange(calibration.FalseMatchRate.Low, 0.004, 0.006);
        Assert.InRange(calibration.FalseMatchRate.High, 0.0098, 0.01);
        Assert.Equal(0.17, calibration.FalseNonMatchRate.Value, 0.011);
        Assert.Equal(0.94f, calibration.UnsureUntil.Value, 1e-3f);
        Assert.Equal((Verdict.Match, Verdict.Unsure, Verdict.NoMatch), (calibration.Decide(new(0.5f)), calibration.Decide(new(0.9f)), calibration.Decide(new(1f))));

        // No error among 4,000 says no more than below about 1 in 1,000.
        Estimate none = Calibration.Of(new PairScores([0.1f, 0.2f], [.. Enumerable.Repeat(1f, 4000)]), CalibrationTarget.Accuracy, Model).FalseMatchRate;
        Assert.Equal(0, none.Value);
        Assert.InRange(none.High, 0.0007, 0.0011);
    }

    [Fact]
    public void Scores_are_probabilities()
    {
        // Two Gaussians of one width: the probability is logistic in the distance, with slope (μ₂ − μ₁) / σ² and ½ half-way.
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        float Normal(float mean)
        {
            float sum = -6f;
            for (int i = 0; i < 12; i++)
                sum += random.NextSingle();
            return mean + (0.1f * sum);
        }

        float[] near = [.. Enumerable.Range(0, 20_000).Select(_ => Normal(0.6f))], far = [.. Enumerable.Range(0, 60_000).Select(_ => Normal(0.8f))];
        var score = (LogisticScore)Calibration.Of(new PairScores(near, far), CalibrationTarget.EqualErrorRate, Model).Score;
        Assert.Equal(20, score.Slope, 0.6);
        Assert.Equal(0.7, score.Offset / score.Slope, 0.005);
        Assert.Equal(0.5f, score.Of(new((float)(score.Offset / score.Slope))).Value, 1e-3f);
        Assert.True(score.Of(new(0.5f)) > score.Of(new(0.6f)));

        // Nothing to tell them by, and nothing in common.
        Assert.Equal(0.5f, Calibration.Of(new PairScores([1f, 2f, 3f], [1f, 2f, 3f]), CalibrationTarget.Accuracy, Model).Score.Of(new(1f)).Value, 0.05f);
        var apart = (LogisticScore)Calibration.Of(new PairScores([0.1f, 0.2f, 0.15f], [0.8f, 0.9f, 1f]), CalibrationTarget.Accuracy, Model).Score;
        Assert.True(float.IsFinite((float)apart.Slope));
        Assert.True(apart.Of(new(0.1f)).Value > 0.7f && apart.Of(new(0.9f)).Value < 0.3f);
    }

    [Fact]
    public async Task Readers_see_an_enrolment_as_a_whole_while_one_writes()
    {
        var encoder = new MinedTriplet(seed: 2);
        var verifier = new Verifier<MinedTriplet>(encoder, Calibration.Measure(encoder, Examples, CalibrationTarget.Accuracy));
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        verifier.Enrol("0", Input(Examples, 0));
        Task writer = Task.Run(
            () =>
            {
                for (int i = 1; i < 200; i++)
                {
                    verifier.Enrol($"{i % 20}", Input(Examples, i % 100));
                    if (i % 7 == 0)
                        verifier.Remove($"{(i % 19) + 1}");
                }
            },
            cancellation);
        do
        {
            Assert.Equal(new Distance(0f), verifier.Verify("0", Input(Examples, 0)).Distance);
            Assert.NotNull(verifier.Candidates(Input(Examples, 0), 5)[0].Identity);
        }
        while (!writer.IsCompleted);
        await writer;
    }

    [Fact]
    public void A_presentation_attack_is_neither_enrolled_nor_compared()
    {
        var encoder = new MinedTriplet(seed: 2);
        Calibration calibration = Calibration.Measure(encoder, Examples, CalibrationTarget.EqualErrorRate);
        float[] person = Input(Examples, 0), photograph = Input(Examples, 1);
        var verifier = new Verifier<MinedTriplet>(encoder, calibration) { AttackDetector = new Recognised(photograph) };
        Assert.Contains("'somebody'", Assert.Throws<PresentationAttackException>(() => verifier.Enrol("somebody", photograph)).Message, StringComparison.Ordinal);
        Assert.False(verifier.IsEnrolled("somebody"));
        verifier.Enrol("somebody", person);
        Assert.Equal(Verdict.Match, verifier.Verify("somebody", person).Verdict);
        VerificationResult attack = new(Verdict.PresentationAttack, new Distance(float.PositiveInfinity), new SimilarityScore(0f));
        Assert.Equal(attack, verifier.Verify("somebody", photograph));
        Assert.Equal(attack, verifier.Compare(person, photograph));
        Assert.Equal(attack, verifier.Compare(photograph, person));
        Assert.Equal(new IdentificationResult(null, attack.Verdict, attack.Distance, attack.Score), verifier.Identify(photograph));
        Assert.Empty(verifier.Candidates(photograph, 1));
        Assert.Single(verifier.Candidates(person, 1));
        Assert.Throws<KeyNotFoundException>(() => verifier.Verify("nobody", photograph));
        Assert.Throws<ArgumentException>(() => verifier.Identify(photograph.AsSpan(1)));
        foreach (string half in (string[])["\ud800", "\ud801", "Ada \udc00"]) // all would be one name in a file
            Assert.Contains("no valid Unicode", Assert.Throws<ArgumentException>(() => verifier.Enrol(half, person)).Message, StringComparison.Ordinal);
        Assert.Equal(["somebody"], verifier.Identities);
        verifier.AttackDetector = null;
        Assert.NotEqual(Verdict.PresentationAttack, verifier.Verify("somebody", photograph).Verdict);
    }

    private static float[] Input(ExampleSet examples, int index)
    {
        float[] input = new float[examples.InputLength];
        CounterRandom none = default;
        examples.Read(index, input, ref none);
        return input;
    }

    private static ExampleSet Made()
    {
        var builder = new ExampleSetBuilder(12);
        for (uint number = 0; number < 1200; number++)
        {
            var centre = new CounterRandom(seed: 1, CounterRandom.Purpose.Data, index: number / 8);
            var noise = new CounterRandom(seed: 2, CounterRandom.Purpose.Data, index: number);
            float[] point = new float[12];
            for (int i = 0; i < point.Length; i++)
                point[i] = centre.NextSingle(-1f, 1f) + noise.NextSingle(-0.15f, 0.15f);
            builder.Add(point, $"class {number / 8}");
        }

        return builder.Build();
    }

    // A photograph that is known.
    private sealed class Recognised(float[] photograph) : IPresentationAttackDetector<float>
    {
        public bool IsAttack(ReadOnlySpan<float> input) => input.SequenceEqual(photograph);
    }
}
