using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A loss of one's own, as training sees it.</summary>
/// <typeparam name="TLoss">The struct.</typeparam>
public sealed class CustomLoss<TLoss> : EmbeddingLoss
    where TLoss : struct, IEmbeddingLoss
{
    private readonly TLoss _loss;

    /// <summary>Takes the struct's defaults.</summary>
    public CustomLoss()
        : this(new TLoss())
    {
    }

    /// <summary>Takes a struct.</summary>
    /// <param name="loss">The loss.</param>
    public CustomLoss(TLoss loss)
    {
        _loss = loss;
        Known(loss.Distance);
    }

    /// <inheritdoc/>
    public override string Name => _loss.Name;

    /// <inheritdoc/>
    public override DistanceMetric Distance => _loss.Distance;

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => _loss.Accepts(structure);

    /// <inheritdoc/>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) =>
        _loss.Evaluate(batch, embeddings, gradients, workspace);
}
