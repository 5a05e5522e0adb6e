using SiameseGen.Tests.Training;

namespace SiameseGen.Tests.Images;

/// <summary>The dense encoder with its twelve inputs seen as an image of 3 × 4 pixels.</summary>
internal sealed class ViewedEncoder(int seed) : IEncoder
{
    private readonly EncoderEngine<ViewedEncoder> _engine = new(seed);

    public static InputShape Shape { get; } = new(3, 4, 1, IsImage: true);

    public static EncoderInfo Info { get; } = new()
    {
        Name = nameof(ViewedEncoder),
        Input = Shape,
        EmbeddingLength = DenseEncoder<DeclaredNothing>.Info.EmbeddingLength,
        ParameterCount = DenseEncoder<DeclaredNothing>.Info.ParameterCount,
        StateCount = DenseEncoder<DeclaredNothing>.Info.StateCount,
        Tensors = DenseEncoder<DeclaredNothing>.Info.Tensors,
        Architecture = "image 3×4; dense 5",
        Fingerprint = new string('1', 64),
        Training = DenseEncoder<DeclaredNothing>.Info.Training,
        Inference = DenseEncoder<DeclaredNothing>.Info.Inference,
        Distance = DistanceMetric.Cosine,
    };

    public Parameters Parameters => _engine.Parameters;

    public static void Forward(TrainingPass pass) => DenseEncoder<DeclaredNothing>.Forward(pass);

    public static void Backward(TrainingPass pass) => DenseEncoder<DeclaredNothing>.Backward(pass);

    public static void Prepare(Parameters parameters, Span<float> prepared) => DenseEncoder<DeclaredNothing>.Prepare(parameters, prepared);

    public static void Infer(InferencePass pass) => DenseEncoder<DeclaredNothing>.Infer(pass);

    public void Embed(ReadOnlySpan<float> input, Span<float> embedding) => _engine.Embed(input, embedding);
}
