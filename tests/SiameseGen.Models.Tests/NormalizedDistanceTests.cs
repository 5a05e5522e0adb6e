using SiameseGen.Evaluation;
using SiameseGen.Training;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Verifiers that decide by distances relative to strangers.</summary>
public sealed class NormalizedDistanceTests : IDisposable
{
    private static readonly Clusters Cohort = new(30, 6, 12, seed: 1), Others = new(25, 6, 12, seed: 2);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(NormalizationForm.Symmetric)]
    [InlineData(NormalizationForm.Template)]
    [InlineData(NormalizationForm.Query)]
    public void It_is_what_the_normalization_of_embeddings_says(NormalizationForm form)
    {
        var encoder = new ClusterTriplet(seed: 1);
        var distance = new NormalizedDistance<ClusterTriplet>(encoder, Cohort, form);
        EmbeddingMatrix strangers = EmbeddedExamples.By(encoder, Cohort, cancellationToken: TestContext.Current.CancellationToken).Embeddings;
        var norm = new ScoreNormalization(ClusterTriplet.Info.Distance, Enumerable.Range(0, strangers.Count).Select(i => strangers.Row(i).ToArray()));
        float[] left = Embedding(encoder, 0), right = Embedding(encoder, 7);
        double expected = form switch
        {
            NormalizationForm.Template => norm.Z(left, right),
            NormalizationForm.Query => norm.T(left, right),
            _ => norm.S(left, right),
        };
        Assert.Equal(expected, distance.Distance(Template(distance, left), Template(distance, right)).Value, 1e-4);
        Assert.Equal((Cohort.Count, ClusterTriplet.Info.EmbeddingLength + 2), (distance.CohortCount, distance.TemplateLength));
        Assert.Equal(form is NormalizationForm.Symmetric, distance.Distance(Template(distance, left), Template(distance, right)) == distance.Distance(Template(distance, right), Template(distance, left)));
    }

    [Theory]
    [InlineData(NormalizationForm.Symmetric)]
    [InlineData(NormalizationForm.Template)]
    [InlineData(NormalizationForm.Query)]
    public void A_verifier_enrols_verifies_identifies_and_is_kept_with_it(NormalizationForm form)
    {
        ClusterTriplet encoder = Trained();
        var distance = new NormalizedDistance<ClusterTriplet>(encoder, Cohort, form);
        Calibration calibration = distance.Calibrate(Others, CalibrationTarget.EqualErrorRate);
        Assert.True(calibration.Threshold < new Distance(0f), $"{calibration.Threshold}");
        Assert.Contains("Cohort and calibration", Assert.Throws<ArgumentException>(() => distance.Calibrate(Cohort, CalibrationTarget.EqualErrorRate)).Message, StringComparison.Ordinal);
        Assert.Throws<CalibrationException>(() => new Verifier<ClusterTriplet>(encoder, calibration)); // a threshold of another distance
        Assert.Throws<CalibrationException>(() => new Verifier<ClusterTriplet>(encoder, Calibration.Measure(encoder, Others, CalibrationTarget.EqualErrorRate), distance));

        var door = new Verifier<ClusterTriplet>(encoder, calibration, distance);
        door.Enrol("zero", Input(0));
        door.Enrol("one", Input(6));
        VerificationResult claim = door.Verify("zero", Input(1));
        Assert.Equal(distance.Distance(Template(distance, Embedding(encoder, 0)), Template(distance, Embedding(encoder, 1))), claim.Distance);
        Assert.Equal("zero", door.Identify(Input(0)).Identity);
        Assert.Equal(claim, door.Compare(Input(0), Input(1)));
        Assert.Equal(["one", "zero"], door.Candidates(Input(6), 2).Select(candidate => candidate.Identity));

        string file = Path.Combine(_folder, "door"), cohort = Path.Combine(_folder, "cohort");
        door.Save(file);
        distance.Save(cohort);
        var again = NormalizedDistance<ClusterTriplet>.Load(encoder, cohort);
        Assert.Equal((distance.Model, form), (again.Model, again.Form));
        Assert.Equal(claim, Verifier<ClusterTriplet>.Load(encoder, file, again).Verify("zero", Input(1)));
        Assert.Contains("another distance", Assert.Throws<CalibrationException>(() => Verifier<ClusterTriplet>.Load(encoder, file)).Message, StringComparison.Ordinal);

        // A distance that was made with other weights is no distance of this encoder's embeddings, however it was calibrated.
        var other = new ClusterTriplet(seed: 9);
        Assert.Contains("Make it with this encoder", Assert.Throws<CalibrationException>(() => new Verifier<ClusterTriplet>(other, calibration, distance)).Message, StringComparison.Ordinal);
        Assert.Throws<CalibrationException>(() => Verifier<ClusterTriplet>.Load(other, file, distance));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cohort));
    }

    [Fact]
    public void It_is_bound_to_weights_cohort_and_form()
    {
        var encoder = new ClusterTriplet(seed: 1);
        string[] models =
        [
            new NormalizedDistance<ClusterTriplet>(encoder, Cohort).Model, new NormalizedDistance<ClusterTriplet>(encoder, Others).Model, new NormalizedDistance<ClusterTriplet>(encoder, Cohort, NormalizationForm.Query).Model,
            new NormalizedDistance<ClusterTriplet>(new ClusterTriplet(seed: 2), Cohort).Model, ModelFingerprint.Of(encoder.Parameters),
        ];
        Assert.Equal(models.Length, models.Distinct().Count());

        var distance = new NormalizedDistance<ClusterTriplet>(encoder, Cohort);
        string file = Path.Combine(_folder, "cohort");
        distance.Save(file);
        Assert.Throws<CalibrationException>(() => NormalizedDistance<ClusterTriplet>.Load(new ClusterTriplet(seed: 2), file));
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text[..^20]);
        Assert.Throws<InvalidDataException>(() => NormalizedDistance<ClusterTriplet>.Load(encoder, file));
        File.WriteAllText(file, text.Replace("cohort-", "other-", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => NormalizedDistance<ClusterTriplet>.Load(encoder, file));

        float[] template = Template(distance, Embedding(encoder, 0));
        Assert.Throws<ArgumentException>(() => distance.Distance(template, template.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => distance.MakeTemplate(new float[3], template));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalizedDistance<ClusterTriplet>(encoder, Cohort, (NormalizationForm)7));
        encoder.Parameters.Values[0] += 1f;
        encoder.Parameters.MarkChanged();
        Assert.Throws<CalibrationException>(() => distance.Distance(template, template));
    }

    private static ClusterTriplet Trained()
    {
        var encoder = new ClusterTriplet(seed: 1);
        new Trainer<ClusterTriplet>(encoder, new TrainingOptions { Epochs = 5 }).FitAsync(Cohort, cancellationToken: TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return encoder;
    }

    private static float[] Template(NormalizedDistance<ClusterTriplet> distance, float[] embedding)
    {
        float[] template = new float[distance.TemplateLength];
        distance.MakeTemplate(embedding, template);
        return template;
    }

    private static float[] Embedding(ClusterTriplet encoder, int index) => encoder.Embed(Input(index)).Values.ToArray();

    private static float[] Input(int index) => Others.Input(index);
}
