using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Losses;
using SiameseGen.Training;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>A similarity that was learned with the encoder, and what it is good for afterwards.</summary>
public class WeightedL1SimilarityTests
{
    private static readonly Clusters Training = new(30, 6, 12, seed: 1), Others = new(25, 6, 12, seed: 2);

    [Fact]
    public async Task It_tells_classes_apart_that_it_was_not_trained_on()
    {
        (ClusterWeightedL1 encoder, WeightedL1Similarity<ClusterWeightedL1> similarity) = await TrainedAsync();
        Assert.NotEqual(-1f / MathF.Sqrt(6), similarity.Weights[0]);
        double before = Auc(new WeightedL1Similarity<ClusterWeightedL1>(new ClusterWeightedL1(seed: 2), new WeightedL1Loss().CreateWeights(0, 6, seed: 1)));
        double after = Auc(similarity);
        Assert.True(after > before && after > 0.9, $"{before} became {after}");
        Assert.Equal(6, similarity.Weights.Length);

        float[] left = Input(0), same = Input(1), other = Input(7);
        Assert.True(similarity.Compare(left, same) > similarity.Compare(left, other));
        Assert.Equal(similarity.Compare(left, other), similarity.Compare(other, left));
        float[] a = Embedding(encoder, 0), b = Embedding(encoder, 7);
        Assert.Equal(-Math.Log(similarity.Between(a, b).Value), similarity.Distance(a, b).Value, 1e-4);
        double logit = similarity.Bias + a.Zip(b, (x, y) => Math.Abs(x - y)).Zip(similarity.Weights.ToArray(), (gap, weight) => (double)gap * weight).Sum();
        Assert.Equal(1 / (1 + Math.Exp(-logit)), similarity.Between(a, b).Value, 1e-5);
    }

    [Fact]
    public async Task It_is_kept_and_bound_to_the_encoder()
    {
        (ClusterWeightedL1 encoder, WeightedL1Similarity<ClusterWeightedL1> similarity) = await TrainedAsync();
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "similarity.json");
            similarity.Save(file);
            var again = WeightedL1Similarity<ClusterWeightedL1>.Load(encoder, file);
            Assert.Equal(similarity.Model, again.Model);
            Assert.Equal(similarity.Weights.ToArray(), again.Weights.ToArray());
            Assert.Equal(similarity.Compare(Input(0), Input(7)), again.Compare(Input(0), Input(7)));
            Assert.Equal([Path.GetFileName(file)], Directory.GetFiles(folder).Select(Path.GetFileName));

            Assert.Throws<CalibrationException>(() => WeightedL1Similarity<ClusterWeightedL1>.Load(new ClusterWeightedL1(seed: 9), file));
            string text = File.ReadAllText(file);
            File.WriteAllText(file, text[..^20]);
            Assert.Throws<InvalidDataException>(() => WeightedL1Similarity<ClusterWeightedL1>.Load(encoder, file));
            File.WriteAllText(file, text.Replace("weightedL1", "other", StringComparison.Ordinal));
            Assert.Throws<InvalidDataException>(() => WeightedL1Similarity<ClusterWeightedL1>.Load(encoder, file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        encoder.Parameters.MarkChanged();
        Assert.InRange(similarity.Compare(Input(0), Input(1)).Value, 0f, 1f); // the same weights
        encoder.Parameters.Values[0] += 1f;
        encoder.Parameters.MarkChanged();
        Assert.Throws<CalibrationException>(() => similarity.Compare(Input(0), Input(1)));
    }

    [Fact]
    public async Task A_verifier_decides_by_it()
    {
        (ClusterWeightedL1 encoder, WeightedL1Similarity<ClusterWeightedL1> similarity) = await TrainedAsync();
        Calibration calibration = similarity.Calibrate(Others, CalibrationTarget.EqualErrorRate);
        Assert.Throws<CalibrationException>(() => new Verifier<ClusterWeightedL1>(encoder, calibration)); // a threshold of another distance
        Assert.Throws<CalibrationException>(() => new Verifier<ClusterWeightedL1>(encoder, Calibration.Measure(encoder, Others, CalibrationTarget.EqualErrorRate), similarity));
        Assert.Throws<ArgumentException>(() => similarity.Calibrate(Training, CalibrationTarget.EqualErrorRate, Training));

        Assert.IsType<IsotonicScore>(similarity.Calibrate(Others, CalibrationTarget.EqualErrorRate, score: ScoreForm.Isotonic).Score);
        Assert.Throws<ArgumentNullException>(() => similarity.Calibrate(Others, null!));

        var door = new Verifier<ClusterWeightedL1>(encoder, calibration, similarity);
        door.Enrol("zero", Input(0));
        door.Enrol("one", Input(6));
        VerificationResult claim = door.Verify("zero", Input(1));
        Assert.Equal("zero", door.Identify(Input(0)).Identity);
        Assert.Equal(similarity.Distance(Embedding(encoder, 0), Embedding(encoder, 1)), claim.Distance);

        string file = Path.GetTempFileName();
        try
        {
            door.Save(file);
            Assert.Equal(claim, Verifier<ClusterWeightedL1>.Load(encoder, file, similarity).Verify("zero", Input(1)));
            Assert.Throws<CalibrationException>(() => Verifier<ClusterWeightedL1>.Load(encoder, file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task It_takes_its_threshold_from_the_part_of_a_split_that_is_there_for_it()
    {
        (_, WeightedL1Similarity<ClusterWeightedL1> similarity) = await TrainedAsync();
        var builder = new ExampleSetBuilder(12);
        float[] input = new float[12];
        for (int i = 0; i < Others.Count; i++)
        {
            CounterRandom none = default;
            Others.Read(i, input, ref none);
            builder.Add([.. input], $"{Others.Classes[i]}");
        }

        IdentitySplit split = IdentitySplit.ByClass(builder.Build(), 0.2, 0.4, 0.2, seed: 1);
        Calibration ofSplit = similarity.Calibrate(split, CalibrationTarget.EqualErrorRate, unsureFalseNonMatchRate: 0.01, score: ScoreForm.Isotonic);
        Assert.Equal(similarity.Calibrate(split.Calibration, CalibrationTarget.EqualErrorRate, split.Training, 0.01, ScoreForm.Isotonic), ofSplit);
        Assert.Equal(similarity.Model, ofSplit.Model);
    }

    [Fact]
    public void Weights_of_another_loss_are_refused()
    {
        var encoder = new ClusterWeightedL1(seed: 1);
        Assert.Throws<ArgumentException>(() => new WeightedL1Similarity<ClusterWeightedL1>(encoder, new ArcFaceLoss().CreateWeights(3, 6, seed: 1)));
        Assert.Throws<ArgumentException>(() => new WeightedL1Similarity<ClusterWeightedL1>(encoder, new WeightedL1Loss().CreateWeights(3, 5, seed: 1)));
        LossWeights broken = new WeightedL1Loss().CreateWeights(3, 6, seed: 1);
        broken.Values[2] = float.NaN;
        Assert.Throws<ArgumentException>(() => new WeightedL1Similarity<ClusterWeightedL1>(encoder, broken));
        var similarity = new WeightedL1Similarity<ClusterWeightedL1>(encoder, new WeightedL1Loss().CreateWeights(3, 6, seed: 1));
        Assert.Throws<ArgumentException>(() => similarity.Between(new float[6], new float[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedL1Loss(float.NaN));
    }

    private static double Auc(WeightedL1Similarity<ClusterWeightedL1> similarity) => PairVerification.AllPairs(similarity.Embed(Others), cancellationToken: TestContext.Current.CancellationToken).Auc;

    private static float[] Embedding(ClusterWeightedL1 encoder, int index) => encoder.Embed(Input(index)).Values.ToArray();

    private static float[] Input(int index) => Others.Input(index);

    private static async Task<(ClusterWeightedL1 Encoder, WeightedL1Similarity<ClusterWeightedL1> Similarity)> TrainedAsync()
    {
        var encoder = new ClusterWeightedL1(seed: 2);
        var trainer = new Trainer<ClusterWeightedL1>(encoder, new TrainingOptions { Epochs = 30, Seed = 1, BatchSize = 36, LearningRate = 0.01f });
        await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
        return (encoder, new WeightedL1Similarity<ClusterWeightedL1>(encoder, trainer.LossWeights!));
    }
}
