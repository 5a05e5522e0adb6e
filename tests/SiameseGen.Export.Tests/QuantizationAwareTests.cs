using System.Reflection;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;
using SiameseGen.Export.Integers;
using SiameseGen.Models;
using SiameseGen.Optimization;
using SiameseGen.Sampling;
using SiameseGen.Tests.Persistence;
using SiameseGen.Training;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Training that rounds as integers would: gradients pass straight through, what is rounded is what ships, and an encoder that loses by plain rounding learns to do with it.</summary>
public sealed class QuantizationAwareTests : IDisposable
{
    private static readonly string[] Encoders = [.. ShippedModel.Encoders.Select(type => type.Name)];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Encoders];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Gradients_pass_rounding_straight_through_and_are_0_where_activations_are_clipped()
    {
        var parameters = new Parameters(ContrastiveEuclidean.Info, seed: 5);
        ActivationCodes[] codes = [new(1f / 255, -128), new(0.004f, 3), new(0.004f, -10), new(0.005f, 20)];
        SimulatedQuantization real = EncoderExport.Simulate<ContrastiveEuclidean>(ShippedModel.Options(ContrastiveEuclidean.Info));
        var quantization = new SimulatedQuantization(real.Fingerprint, real.Weights, real.Lengths, (_, _) => codes);
        float[] products = [.. Enumerable.Range(0, QuantizedForward.Items * 5).Select(i => ((i * 7 % 11) - 5) / 4f)], before = parameters.Values.ToArray();
        double[] gradients = QuantizedForward.Run<ContrastiveEuclidean>(parameters, quantization, products).Gradients;
        var reference = new StraightThrough(parameters, codes);
        double[] expected = reference.Gradients(QuantizedForward.Inputs(ContrastiveEuclidean.Info), products);
        Assert.InRange(reference.Clipped, 10, 200);
        Assert.All(expected.Zip(gradients), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(before, parameters.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_activation_that_ships_as_codes_is_rounded_in_training(string name)
    {
        Type type = ShippedModel.Encoders.Single(type => type.Name == name);
        typeof(QuantizationAwareTests).GetMethod(nameof(AssertEachIsRounded), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null);
    }

    [Fact]
    public void Weights_are_rounded_to_the_codes_that_ship()
    {
        var encoder = new FoldedDense(seed: 3);
        IntegerProgram program = IntegerExport.ProgramOf(FoldedDense.Info);
        IntegerValues values = Quantizer.Quantize(program, encoder.Parameters.Values, ShippedModel.Options(FoldedDense.Info).Calibration, 24, TestContext.Current.CancellationToken);
        var state = new QuantizationState(EncoderExport.Simulate<FoldedDense>(ShippedModel.Options(FoldedDense.Info)), encoder.Parameters, 1);
        float[] full = encoder.Parameters.Values.ToArray();
        state.Begin();
        state.RoundWeights(0, 1);
        ParameterTensor weights = FoldedDense.Info.Tensors[0];
        (int depth, int filters) = (weights.Shape[0], weights.Shape[1]);
        for (int filter = 0; filter < filters; filter++)
        {
            float scale = Enumerable.Range(0, depth).Max(k => MathF.Abs(full[weights.Offset + (k * filters) + filter])) / 127f;
            for (int k = 0; k < depth; k++)
                Assert.Equal(values.Steps[0].Weights[(filter * depth) + k] * scale, encoder.Parameters[weights][(k * filters) + filter], 1e-6f);
        }

        state.RestoreWeights(0, 1);
        Assert.Equal(full, encoder.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Where_plain_integers_fall_short_training_that_rounds_brings_them_closer(int seed)
    {
        var training = new Clusters(200, 8, 12, seed: 1);
        var options = new ExportOptions { Calibration = new Clusters(20, 12, 12, seed: 7), Training = training };
        var usual = new TrainingOptions { LearningRate = 3e-3f, Threads = 1, Schedule = LearningRateSchedule.Cosine() };
        var encoder = new ClusterOnFrozen(seed);
        await FitAsync(encoder, training, usual with { Epochs = 120, Seed = seed });
        Unbalance(encoder.Parameters, 100f);
        string refusal = Assert.Throws<ExportException>(() => EncoderExport.Save(encoder, _folder.File("refused.siamese"), options, TestContext.Current.CancellationToken)).Message;
        Assert.Contains("TrainingOptions.Quantization", refusal, StringComparison.Ordinal);
        ExportReport before = Export(encoder, options);

        // As much training of either kind, to tell what rounding does from what more training does.
        var other = new ClusterOnFrozen();
        encoder.Parameters.Values.CopyTo(other.Parameters.Values);
        await FitAsync(other, training, usual with { Epochs = 60, Seed = seed + 10 });
        await FitAsync(encoder, training, usual with { Epochs = 60, Seed = seed + 10, Quantization = EncoderExport.Simulate<ClusterOnFrozen>(options) });
        ExportReport inFull = Export(other, options), rounded = Export(encoder, options);
        string all = $"before\n{before}\nmore training\n{inFull}\nmore training that rounds\n{rounded}";
        TestContext.Current.TestOutputHelper?.WriteLine(all);

        // Not at the floats' rate, which differs from one to the other.
        Assert.True(EqualErrorRate(rounded) < 0.96 * Math.Min(EqualErrorRate(before), EqualErrorRate(inFull)), all);
        Assert.True(rounded.ShippedAccuracy > Math.Max(before.ShippedAccuracy, inFull.ShippedAccuracy) + 0.005, all);
    }

    [Fact]
    public void Weights_do_not_depend_on_the_number_of_threads()
    {
        float[] one = WeightsAfter(1), three = WeightsAfter(3);
        Assert.Equal(one, three);
        Assert.NotEqual(new SmallGlyphs(seed: 4).Parameters.Values.ToArray(), one);
    }

    [Fact]
    public void Finding_ranges_can_be_cancelled()
    {
        SimulatedQuantization quantization = EncoderExport.Simulate<ClusterTriplet>(ShippedModel.Options(ClusterTriplet.Info));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => quantization.Measure(new ClusterTriplet(1).Parameters.Values.ToArray(), source.Token));
    }

    [Fact]
    public void What_is_for_another_encoder_or_needs_a_checkpoint_is_refused()
    {
        SimulatedQuantization quantization = EncoderExport.Simulate<ClusterTriplet>(ShippedModel.Options(ClusterTriplet.Info));
        var clusters = new Clusters(8, 4, 12, seed: 1);
        ArgumentException other = Assert.Throws<ArgumentException>(() =>
        {
            _ = new Trainer<ClusterContrastive>(new ClusterContrastive(1), new TrainingOptions { Quantization = quantization }).FitAsync(clusters, cancellationToken: TestContext.Current.CancellationToken);
        });
        Assert.Contains("Simulate<ClusterContrastive>", other.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() =>
        {
            _ = new Trainer<ClusterTriplet>(new ClusterTriplet(1), new TrainingOptions { Quantization = quantization, CheckpointPath = _folder.File("c.safetensors") }).FitAsync(clusters, cancellationToken: TestContext.Current.CancellationToken);
        });
        Assert.Throws<ArgumentException>(() => EncoderExport.Simulate<ClusterTriplet>(ShippedModel.Options(ClusterTriplet.Info) with { Precision = Precision.Float16 }));
        Assert.Throws<ArgumentException>(() => EncoderExport.Simulate<ClusterTriplet>(ShippedModel.Options(SmallGlyphs.Info)));
    }

    private static void AssertEachIsRounded<TEncoder>()
        where TEncoder : class, IEncoder
    {
        var parameters = new Parameters(TEncoder.Info, seed: 6);
        ShippedModel.Perturb(parameters);

        // No rectifier gives nothing but 0.
        foreach (ParameterTensor tensor in TEncoder.Info.Tensors.Where(tensor => tensor.Role == ParameterRole.Bias))
        {
            foreach (ref float value in parameters[tensor])
                value = MathF.Abs(value) + 0.2f;
        }

        SimulatedQuantization real = EncoderExport.Simulate<TEncoder>(ShippedModel.Options(TEncoder.Info));
        ActivationCodes[] calibrated = real.Measure(parameters.Values.ToArray(), TestContext.Current.CancellationToken);
        float[] usual = QuantizedForward.Run<TEncoder>(parameters, real).Embeddings;
        for (int value = 0; value < calibrated.Length; value++)
        {
            ActivationCodes[] squashed = [.. calibrated];
            squashed[value] = new ActivationCodes(1e-5f, 0);
            Assert.NotEqual(usual, QuantizedForward.Run<TEncoder>(parameters, With(squashed)).Embeddings);
        }

        SimulatedQuantization With(ActivationCodes[] codes) => new(real.Fingerprint, real.Weights, real.Lengths, (_, _) => codes);
    }

    // Makes one hidden unit's values many times larger and what reads them as many times smaller: the same function in floats, and little room for all other units' codes.
    private static void Unbalance(Parameters parameters, float factor)
    {
        ParameterTensor first = parameters.Info.Tensors[0], bias = parameters.Info.Tensors[1], second = parameters.Info.Tensors[2];
        (int units, int outputs) = (first.Shape[1], second.Shape[1]);
        for (int i = 0; i < first.Shape[0]; i++)
            parameters[first][i * units] *= factor;
        parameters[bias][0] *= factor;
        parameters[second][..outputs].ToArray().Select(weight => weight / factor).ToArray().CopyTo(parameters[second]);
        parameters.MarkChanged();
    }

    private static Task<TrainingResult> FitAsync(ClusterOnFrozen encoder, Clusters training, TrainingOptions options) =>
        new Trainer<ClusterOnFrozen>(encoder, options).FitAsync(training, cancellationToken: TestContext.Current.CancellationToken);

    private static double EqualErrorRate(ExportReport report) => report.Shipped.FalseMatchRate.Value;

    private ExportReport Export(ClusterOnFrozen encoder, ExportOptions options) =>
        EncoderExport.Save(encoder, _folder.File("clusters.siamese"), options with { AllowedAccuracyLoss = 1, AllowedFalseNonMatchIncrease = 1 }, TestContext.Current.CancellationToken);

    private static float[] WeightsAfter(int threads)
    {
        var encoder = new SmallGlyphs(seed: 4);
        ExportOptions options = ShippedModel.Options(SmallGlyphs.Info);
        var examples = new Drawings(8, 4, SmallGlyphs.Info.Input.Length, 23);
        using var team = new WorkerTeam(threads);
        var step = new TrainingStep<SmallGlyphs>(encoder, examples, team, 24, new TrainingOptions { Quantization = EncoderExport.Simulate<SmallGlyphs>(options) });
        var sampler = new TripletSampler(examples, 8, seed: 1);
        var batch = new Batch(sampler.Structure, sampler.BatchSize);
        for (int i = 0; i < 3; i++)
        {
            sampler.Fill(batch, 0, i % sampler.BatchesPerEpoch);
            Assert.True(step.Run(batch, 1e-2f).Updated);
        }

        return encoder.Parameters.Values.ToArray();
    }
}
