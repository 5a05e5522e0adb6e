using System.Reflection;
using System.Runtime.InteropServices;
using SiameseGen.Compiler.Model;
using Xunit;

namespace SiameseGen.Generator.Tests.Emission;

/// <summary>Generated encoders, compiled and run.</summary>
public class RunTests
{
    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void An_encoder_embeds(string model) => Run(nameof(Embeds), Declared.Model(SampleModels.All[model], model));

    [Theory]
    [InlineData("[Features(5), Dense(1)]")]
    [InlineData("[Features(3), Dropout(0.5f)]")]
    [InlineData("[Image(2, 3), Flatten]")]
    [InlineData("[Image(5, 5), ReLU, AvgPool2D(2), Flatten, Sigmoid, BatchNorm, Dense(3), BatchNorm, ReLU, L2Normalize]")]
    public void So_does_one_with_little_or_odd_to_do(string attributes) => Run(nameof(Embeds), Declared.Model(attributes));

    [Theory]
    [InlineData("[Image(9, 8, Channels = 2), Conv2D(5), ReLU, MaxPool2D(2), Conv2D(7, Kernel = 2, Padding = Padding.Same), Tanh, Flatten, Dense(6), L2Normalize]")]
    [InlineData("[Image(9, 8, Channels = 2), AvgPool2D(3, Stride = 2), Conv2D(5, Stride = 2), LeakyReLU, GlobalAvgPool, Dense(6), Sigmoid]")]
    [InlineData("[Features(11), Dense(20), ReLU, Dense(7), Tanh, Dense(3)]")]
    public void Training_and_inference_compute_the_same(string attributes) => Run(nameof(Agrees), Declared.Model(attributes));

    [Theory]
    [MemberData(nameof(SampleModels.Names), MemberType = typeof(SampleModels))]
    public void Any_number_of_workers_gives_the_same_bits(string model) => Run(nameof(TrainsAlike), Declared.Model(SampleModels.All[model], model));

    private static void Embeds<TEncoder, TEmbedding>()
        where TEncoder : class, IEncoder<TEmbedding>
        where TEmbedding : struct, IEmbedding<TEmbedding>, IEquatable<TEmbedding>
    {
        TEncoder encoder = Make<TEncoder>(1);
        byte[] pixels = new byte[TEncoder.Info.Input.Length];
        new Random(1).NextBytes(pixels);
        TEmbedding fromBytes = encoder.Embed(pixels);
        TEmbedding fromFloats = encoder.Embed([.. pixels.Select(pixel => pixel / 255f)]);
        float[] direct = new float[TEmbedding.Length];
        ((IEncoder)encoder).Embed([.. pixels.Select(pixel => pixel / 255f)], direct);

        Assert.Equal(TEncoder.Info.EmbeddingLength, TEmbedding.Length);
        Assert.Equal(fromFloats, fromBytes);
        Assert.Equal(fromFloats.GetHashCode(), fromBytes.GetHashCode());
        Assert.Equal(direct, fromFloats.Values.ToArray());
        Assert.Equal(fromFloats, TEmbedding.From(direct));
        Assert.InRange(TEncoder.Distance(fromBytes, fromFloats).Value, 0f, 1e-3f);
        Assert.Throws<ArgumentException>(() => TEmbedding.From(new float[TEmbedding.Length + 1]));
        Assert.All(direct, value => Assert.True(float.IsFinite(value)));

        direct[^1] += 1f;
        Assert.NotEqual(fromFloats, TEmbedding.From(direct));
        Assert.Contains($"{typeof(TEncoder).Name}.Embedding [", fromFloats.ToString(), StringComparison.Ordinal);
    }

    private static void Agrees<TEncoder, TEmbedding>()
        where TEncoder : class, IEncoder<TEmbedding>
        where TEmbedding : struct, IEmbedding<TEmbedding>, IEquatable<TEmbedding>
    {
        const int items = 21;
        TEncoder encoder = Make<TEncoder>(1);
        using var team = new WorkerTeam(1);
        var workspace = new TrainingWorkspace(encoder.Parameters, items, team);
        FillRandomly(workspace.Inputs, 2);
        TEncoder.Forward(workspace.Pass(0));
        int inputs = TEncoder.Info.Input.Length;
        for (int i = 0; i < items; i++)
        {
            ReadOnlySpan<float> expected = encoder.Embed(workspace.Inputs.Slice(i * inputs, inputs)).Values;
            for (int k = 0; k < expected.Length; k++)
                Assert.Equal(expected[k], workspace.Embeddings[(i * expected.Length) + k], 1e-5f);
        }
    }

    private static void TrainsAlike<TEncoder, TEmbedding>()
        where TEncoder : class, IEncoder<TEmbedding>
        where TEmbedding : struct, IEmbedding<TEmbedding>, IEquatable<TEmbedding>
    {
        float[][] gradients = [.. new[] { 1, 2, 3 }.Select(Gradients<TEncoder>)];
        Assert.Contains(gradients[0], value => value != 0f);
        // As bytes, because −0 equals 0, and a NaN another one.
        byte[] expected = MemoryMarshal.AsBytes<float>(gradients[0]).ToArray();
        Assert.All(gradients.Skip(1), other => Assert.Equal(expected, MemoryMarshal.AsBytes<float>(other).ToArray()));
    }

    private static float[] Gradients<TEncoder>(int workers)
        where TEncoder : class, IEncoder
    {
        TEncoder encoder = Make<TEncoder>(3);
        using var team = new WorkerTeam(workers);
        var workspace = new TrainingWorkspace(encoder.Parameters, 24, team);
        for (ulong step = 0; step < 3; step++)
        {
            workspace.Begin(step == 1 ? 17 : 24, 5, step);
            FillRandomly(workspace.Inputs, (int)step);
            team.Run(worker => TEncoder.Forward(workspace.Pass(worker)));
            FillRandomly(workspace.EmbeddingGradients, 100 + (int)step);
            team.Run(worker => TEncoder.Backward(workspace.Pass(worker)));
        }

        List<float> all = [.. encoder.Parameters.Values];
        for (int shard = 0; shard < Shard.Count; shard++)
            all.AddRange(workspace.Gradients(shard));
        return [.. all];
    }

    private static TEncoder Make<TEncoder>(int seed) => (TEncoder)Activator.CreateInstance(typeof(TEncoder), seed)!;

    private static void FillRandomly(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref float value in values)
            value = (random.NextSingle() * 2f) - 1f;
    }

    private static void Run(string test, EncoderModel model)
    {
        Type encoder = UserProject.Load(UserProject.Compile(model with { IsDocumented = true }), model.MetadataName);
        MethodInfo method = typeof(RunTests).GetMethod(test, BindingFlags.NonPublic | BindingFlags.Static)!;
        method.MakeGenericMethod(encoder, encoder.GetNestedType("Embedding")!).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }
}
