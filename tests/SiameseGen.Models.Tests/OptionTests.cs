using SiameseGen.Optimization;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>What layers say of their training, by one step of two encoders that differ in nothing else.</summary>
public class OptionTests
{
    private const float Rate = 0.125f;

    [Fact]
    public void Frozen_weights_stay_and_learning_rates_are_multiplied()
    {
        Dictionary<string, float[]> with = Moved<WithOptions>(new Sgd { Momentum = 0f }), without = Moved<WithoutOptions>(new Sgd { Momentum = 0f });
        foreach ((string tensor, float[] moved) in with)
        {
            float factor = tensor.Split('.') switch
            {
                ["conv2d1", _] or ["dense1", _] or ["batchnorm1", "gain" or "shift"] => 0f,
                ["conv2d2", _] => 0.25f,
                ["block", "conv2d1", _] => 0.5f,
                ["block", "conv2d2", _] => 2f,
                _ => 1f,
            };
            Assert.All(moved.Zip(without[tensor]), pair => Assert.Equal(factor * pair.Second, pair.First, 1e-6f));
            Assert.Equal(factor > 0f && tensor is not "dense2.bias", moved.Any(value => Math.Abs(value) > 1e-5f)); // no distance depends on the last bias
        }
    }

    // With a rate this small only decay moves weights: w ← w − η·λ·f·w.
    [Fact]
    public void Weight_decay_is_multiplied_and_leaves_biases_alone()
    {
        const float decay = 1000f, rate = 1e-6f;
        var optimizer = new Sgd { Momentum = 0f, WeightDecay = decay };
        var start = new WithOptions(seed: 3);
        Dictionary<string, float[]> moved = Moved<WithOptions>(optimizer, rate);
        foreach (ParameterTensor tensor in WithOptions.Info.Tensors.Where(tensor => tensor.IsTrainable))
        {
            float factor = tensor.Name switch
            {
                "conv2d2.weight" => 2f * 0.25f,
                "block.conv2d1.weight" => 3f * 0.5f,
                "block.conv2d2.weight" => 2f,
                _ => 0f,
            };
            Assert.All(start.Parameters[tensor].ToArray().Zip(moved[tensor.Name]), pair => Assert.Equal(-rate * decay * factor * pair.First, pair.Second, 2e-5f));
        }
    }

    [Fact]
    public void An_initializer_has_its_variance()
    {
        (Initializer Kind, double Variance)[] cases =
        [
            (Initializer.HeUniform, 2.0 / 50), (Initializer.HeNormal, 2.0 / 50), (Initializer.GlorotUniform, 2.0 / 250), (Initializer.GlorotNormal, 2.0 / 250),
            (Initializer.LeCunUniform, 1.0 / 50), (Initializer.LeCunNormal, 1.0 / 50),
        ];
        foreach ((Initializer kind, double variance) in cases)
        {
            EncoderInfo info = WithOptions.Info;
            var tensor = new ParameterTensor("a.weight", 0, [50, 200], ParameterRole.Weight, kind, FanIn: 50, FanOut: 200);
            var parameters = new Parameters(
                new EncoderInfo
                {
                    Name = info.Name,
                    Input = info.Input,
                    EmbeddingLength = info.EmbeddingLength,
                    ParameterCount = 10_000,
                    StateCount = 0,
                    Tensors = [tensor],
                    Architecture = info.Architecture,
                    Fingerprint = info.Fingerprint,
                    Training = info.Training,
                    Inference = info.Inference,
                    Distance = info.Distance,
                },
                seed: 5);
            double[] values = [.. parameters.Values.ToArray().Select(value => (double)value)];
            Assert.Equal(0, values.Average(), 4 * Math.Sqrt(variance / values.Length));
            Assert.Equal(1, values.Average(value => value * value) / variance, 0.05);
            bool isNormal = kind is Initializer.HeNormal or Initializer.GlorotNormal or Initializer.LeCunNormal;
            Assert.Equal(isNormal ? 0.683 : 0.577, values.Count(value => value * value < variance) / 10_000.0, 0.02);
        }
    }

    [Fact]
    public void A_file_of_weights_fits_with_and_without_options() => Assert.Equal(WithoutOptions.Info.Fingerprint, WithOptions.Info.Fingerprint);

    private static Dictionary<string, float[]> Moved<TEncoder>(Optimizer optimizer, float rate = Rate)
        where TEncoder : class, IEncoder
    {
        var encoder = (TEncoder)Activator.CreateInstance(typeof(TEncoder), 3)!;
        float[] before = encoder.Parameters.Values.ToArray();
        var examples = new Clusters(4, 4, TEncoder.Info.Input.Length, seed: 1);
        using var team = new WorkerTeam(1);
        var step = new TrainingStep<TEncoder>(encoder, examples, team, 16, new TrainingOptions { Optimizer = optimizer, ClipNorm = 0f });
        var batch = new Batch(BatchStructure.Classes, 16);
        for (int i = 0; i < 16; i++)
            (batch.Items[i], batch.Classes[i]) = (i, examples.Classes[i]);
        step.Run(batch, rate);
        return TEncoder.Info.Tensors.Where(tensor => tensor.IsTrainable).ToDictionary(
            tensor => tensor.Name, tensor => encoder.Parameters[tensor].ToArray().Zip(before.Skip(tensor.Offset), (after, old) => after - old).ToArray());
    }
}
