using SiameseGen.Losses;

namespace SiameseGen.Tests.Training;

/// <summary>The loss that a <see cref="DenseEncoder{TDeclared}"/> declares: what an attribute says on a generated one.</summary>
public interface IDeclared
{
    static abstract EmbeddingLoss? Loss { get; }
}

public readonly struct DeclaredContrastive : IDeclared
{
    public static EmbeddingLoss? Loss { get; } = new ContrastiveLoss(1f);
}

public readonly struct DeclaredTriplet : IDeclared
{
    public static EmbeddingLoss? Loss { get; } = new TripletLoss(0.5f);
}

public readonly struct DeclaredNothing : IDeclared
{
    public static EmbeddingLoss? Loss => null;
}

/// <summary>An encoder written by hand, y = xW + b with a running mean of its inputs as state, so that training is tested without the generator.</summary>
public sealed class DenseEncoder<TDeclared>(int seed) : IEncoder
    where TDeclared : struct, IDeclared
{
    public const int Inputs = 12, Outputs = 5, Weight = 0, Bias = Inputs * Outputs, Mean = Bias + Outputs;

    /// <summary>Called by each worker at the start of each forward pass.</summary>
    public static Action<int>? OnForward { get; set; }

    public static EncoderInfo Info { get; } = new()
    {
        Name = "DenseEncoder",
        Input = new InputShape(1, 1, Inputs, false),
        EmbeddingLength = Outputs,
        ParameterCount = Mean,
        StateCount = Inputs,
        Tensors =
        [
            new ParameterTensor("dense1.weight", Weight, [Inputs, Outputs], ParameterRole.Weight, Initializer.GlorotUniform, Inputs, Outputs),
            new ParameterTensor("dense1.bias", Bias, [Outputs], ParameterRole.Bias, Initializer.Zeros, Inputs, Outputs),
            new ParameterTensor("running_mean", Mean, [Inputs], ParameterRole.RunningMean, Initializer.Zeros, Inputs, Inputs),
        ],
        Architecture = "features 12; dense 5",
        Fingerprint = new string('0', 64),
        Training = new TrainingPlan(Inputs + (2 * Outputs), 0, Inputs, Inputs + Outputs, 0, 0, 0),
        Inference = new InferencePlan(Inputs + Outputs, 0, Inputs, Mean, 0),
        Distance = DistanceMetric.Euclidean,
        Loss = TDeclared.Loss,
    };

    private readonly EncoderEngine<DenseEncoder<TDeclared>> _engine = new(seed);

    public EncoderEngine<DenseEncoder<TDeclared>> Engine => _engine;

    public Parameters Parameters => _engine.Parameters;

    public static void Forward(TrainingPass pass)
    {
        OnForward?.Invoke(pass.Worker);
        ReadOnlySpan<float> weight = pass.Parameters(Weight, Inputs * Outputs), bias = pass.Parameters(Bias, Outputs);
        foreach (Shard shard in pass.Shards)
            Apply(weight, bias, pass.Activations(0, Inputs, shard), pass.Activations(Inputs, Outputs, shard), shard.Items);

        // Like batch normalisation: the whole batch's inputs reach the state, so workers wait for one another and one of them writes.
        pass.Synchronize();
        if (pass.Worker != 0)
            return;
        Span<float> mean = pass.Parameters(Mean, Inputs);
        ReadOnlySpan<float> last = pass.Activations(0, Inputs, Shard.Of(Shard.Count - 1, pass.BatchSize))[..Inputs];
        for (int i = 0; i < Inputs; i++)
            mean[i] += 0.1f * (last[i] - mean[i]);
    }

    public static void Backward(TrainingPass pass)
    {
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> input = pass.Activations(0, Inputs, shard), slope = pass.Activations(Inputs + Outputs, Outputs, shard);
            Span<float> weight = pass.Gradients(shard, Weight, Inputs * Outputs), bias = pass.Gradients(shard, Bias, Outputs);
            for (int item = 0; item < shard.Items; item++)
            {
                for (int o = 0; o < Outputs; o++)
                {
                    float g = slope[(item * Outputs) + o];
                    bias[o] += g;
                    for (int i = 0; i < Inputs; i++)
                        weight[(i * Outputs) + o] += g * input[(item * Inputs) + i];
                }
            }
        }
    }

    public static void Prepare(Parameters parameters, Span<float> prepared) => parameters.Trainable.CopyTo(prepared);

    public static void Infer(InferencePass pass) =>
        Apply(pass.Prepared(Weight, Inputs * Outputs), pass.Prepared(Bias, Outputs), pass.Inputs, pass.Embeddings, pass.Items);

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => _engine.Embed(input, embedding);

    private static void Apply(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> input, Span<float> output, int items)
    {
        for (int item = 0; item < items; item++)
        {
            for (int o = 0; o < Outputs; o++)
            {
                float sum = bias[o];
                for (int i = 0; i < Inputs; i++)
                    sum = MathF.FusedMultiplyAdd(weight[(i * Outputs) + o], input[(item * Inputs) + i], sum);
                output[(item * Outputs) + o] = sum;
            }
        }
    }
}
