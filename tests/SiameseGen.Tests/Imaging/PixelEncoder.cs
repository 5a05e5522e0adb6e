using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SiameseGen.Tests.Imaging;

/// <summary>Notes the pixels that it is given; its embedding is the first of them. Written by hand, so that its input can be any.</summary>
internal sealed class PixelEncoder(InputShape input) : IEncoder<PixelEncoder.Embedding>
{
    public static EncoderInfo Info => throw new NotSupportedException("Each encoder of this class has an input of its own.");

    public byte[] Seen { get; private set; } = [];

    public Parameters Parameters { get; } = new(
        new EncoderInfo
        {
            Name = "PixelEncoder",
            Input = input,
            EmbeddingLength = 1,
            ParameterCount = 0,
            StateCount = 0,
            Tensors = [],
            Architecture = "",
            Fingerprint = new string('0', 64),
            Training = default,
            Inference = default,
            Distance = DistanceMetric.Manhattan,
        },
        seed: 0);

    public static void Forward(TrainingPass pass) => throw new NotSupportedException();

    public static void Backward(TrainingPass pass) => throw new NotSupportedException();

    public static void Prepare(Parameters parameters, Span<float> prepared) => throw new NotSupportedException();

    public static void Infer(InferencePass pass) => throw new NotSupportedException();

    public static Distance Distance(in Embedding left, in Embedding right) => new(MathF.Abs(left.Values[0] - right.Values[0]));

    public static Similarity Similarity(in Embedding left, in Embedding right) => new(Distances.CosineSimilarity(left.Values, right.Values));

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => throw new NotSupportedException();

    public Embedding Embed(ReadOnlySpan<float> input) => throw new NotSupportedException();

    public Embedding Embed(ReadOnlySpan<byte> input)
    {
        Seen = input.ToArray();
        return Embedding.From([input[0]]);
    }

    [InlineArray(1)]
    internal struct Embedding : IEmbedding<Embedding>
    {
        private float _first;

        public static int Length => 1;

        [UnscopedRef]
        public ReadOnlySpan<float> Values => this;

        public static Embedding From(ReadOnlySpan<float> values) => new() { _first = values[0] };
    }
}
