// A loss that is local to its file.
[Encoder]
[Features(4), Dense(2)]
[[|Loss<Own>|]]
public partial class Encoder;

file struct Own : SiameseGen.Losses.IEmbeddingLoss
{
    public string Name => "";

    public DistanceMetric Distance => default;

    public bool Accepts(SiameseGen.Sampling.BatchStructure structure) => true;

    public SiameseGen.Losses.LossResult Evaluate(
        SiameseGen.Sampling.Batch batch, System.ReadOnlySpan<float> embeddings, System.Span<float> gradients, SiameseGen.Losses.LossWorkspace workspace) => default;
}
