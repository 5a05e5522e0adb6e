using SiameseGen.Models;

namespace SiameseGen.Testing.Tests;

/// <summary>An encoder with a defect in one place; all else is a generated one's.</summary>
internal abstract class Wrapped<TSelf>
    where TSelf : Wrapped<TSelf>
{
    protected SmallTwins Inner { get; } = new(seed: 1);

    public static EncoderInfo Info => SmallTwins.Info;

    public Parameters Parameters => Inner.Parameters;

    public static void Prepare(Parameters parameters, Span<float> prepared) => Call<SmallTwins>.Prepare(parameters, prepared);

    public static void Infer(InferencePass pass) => Call<SmallTwins>.Infer(pass);

    protected static class Call<T>
        where T : IEncoder
    {
        public static void Forward(TrainingPass pass) => T.Forward(pass);

        public static void Backward(TrainingPass pass) => T.Backward(pass);

        public static void Prepare(Parameters parameters, Span<float> prepared) => T.Prepare(parameters, prepared);

        public static void Infer(InferencePass pass) => T.Infer(pass);
    }
}

/// <summary>One tensor's gradient has the wrong sign.</summary>
internal sealed class WrongBackward : Wrapped<WrongBackward>, IEncoder
{
    public static void Forward(TrainingPass pass) => Call<SmallTwins>.Forward(pass);

    public static void Backward(TrainingPass pass)
    {
        Call<SmallTwins>.Backward(pass);
        ParameterTensor tensor = Info.Tensors.Single(tensor => tensor.Name == "dense1.weight");
        foreach (Shard shard in pass.Shards)
        {
            foreach (ref float gradient in pass.Gradients(shard, tensor.Offset, tensor.Length))
                gradient = -gradient;
        }
    }

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => ((IEncoder)Inner).Embed(input, embedding);
}

/// <summary>Embedding allocates.</summary>
internal sealed class Wasteful : Wrapped<Wasteful>, IEncoder
{
    private byte[] _kept = [];

    public static void Forward(TrainingPass pass) => Call<SmallTwins>.Forward(pass);

    public static void Backward(TrainingPass pass) => Call<SmallTwins>.Backward(pass);

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => _kept = new byte[_kept.Length + 1];
}

/// <summary>The first item of a batch is embedded otherwise than the others.</summary>
internal sealed class Unlike : Wrapped<Unlike>, IEncoder
{
    public static void Forward(TrainingPass pass)
    {
        Call<SmallTwins>.Forward(pass);
        foreach (Shard shard in pass.Shards)
        {
            if (shard.Start == 0)
                pass.Activations(Info.Training.Embedding, Info.EmbeddingLength, shard)[0] += 1f;
        }
    }

    public static void Backward(TrainingPass pass) => Call<SmallTwins>.Backward(pass);

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => ((IEncoder)Inner).Embed(input, embedding);
}
