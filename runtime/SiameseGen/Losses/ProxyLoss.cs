using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// A loss that compares embeddings with learned vectors of the classes (proxies, centres or weights of a classifier) by the cosine of the angle between them. The vectors are
/// <see cref="LossWorkspace.Learned"/>; training makes, optimises and keeps them.
/// </summary>
public abstract class ProxyLoss : EmbeddingLoss
{
    private readonly float _learningRateFactor;

    private protected ProxyLoss(float learningRateFactor)
    {
        if (!(learningRateFactor >= 0f) || float.IsInfinity(learningRateFactor))
            throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "A factor is 0 or above, and finite.");
        _learningRateFactor = learningRateFactor;
    }

    /// <summary>Learned vectors a class.</summary>
    public virtual int WeightsPerClass => 1;

    /// <summary>What the learning rate is multiplied by for the learned vectors.</summary>
    public float LearningRateFactor => _learningRateFactor;

    /// <inheritdoc/>
    public sealed override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public sealed override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

    /// <inheritdoc/>
    public sealed override bool LearnsWeights => true;

    /// <inheritdoc/>
    public sealed override LossWeights CreateWeights(int classes, int embeddingLength, int seed) =>
        new(Name, classes, WeightsPerClass, embeddingLength, _learningRateFactor, seed);

    /// <inheritdoc/>
    /// <remarks>The gradients of the learned vectors are in <see cref="LossWeights.Gradients"/>, overwritten.</remarks>
    /// <exception cref="InvalidOperationException">The workspace has no learned weights.</exception>
    public sealed override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        LossWeights weights = LossWeights.Required(this, workspace, batch, WeightsPerClass);
        DistanceMatrix.ForwardLearned(batch.Count, embeddings, workspace, weights);
        LossResult result = OfBatch(new ProxyTable(batch.Classes, workspace, weights));
        DistanceMatrix.BackwardLearned(batch.Count, gradients, workspace, weights);
        return result;
    }

    /// <summary>The loss, with the slopes d loss / d cosine written into the table.</summary>
    private protected abstract LossResult OfBatch(ProxyTable table);

    /// <summary>A result with the mean distances of items to the closest vector of their own class, and to all of the others.</summary>
    private protected static LossResult Result(double loss, double activeShare, ProxyTable table)
    {
        double near = 0, far = 0;
        for (int i = 0; i < table.Items; i++)
        {
            float own = -1f;
            double others = 0;
            ReadOnlySpan<float> cosines = table.Cosines(i);
            for (int j = 0; j < cosines.Length; j++)
            {
                if (j / table.PerClass == table.Classes[i])
                    own = MathF.Max(own, cosines[j]);
                else
                    others += 1f - cosines[j];
            }

            near += 1f - own;
            far += others / Math.Max(cosines.Length - table.PerClass, 1);
        }

        double every = Math.Max(table.Items, 1);
        return new LossResult((float)loss, (float)activeShare, (float)(near / every), (float)(far / every));
    }
}

/// <summary>The cosines of a batch's embeddings and the learned vectors, and their slopes.</summary>
internal readonly ref struct ProxyTable(ReadOnlySpan<int> classes, LossWorkspace workspace, LossWeights weights)
{
    /// <summary>The class of each item.</summary>
    public ReadOnlySpan<int> Classes { get; } = classes;

    /// <summary>Items of the batch.</summary>
    public int Items => Classes.Length;

    /// <summary>Classes that there are vectors of.</summary>
    public int ClassCount => weights.Classes;

    /// <summary>Vectors a class.</summary>
    public int PerClass => weights.PerClass;

    /// <summary>The cosines of an item and all vectors.</summary>
    /// <param name="item">The item.</param>
    public Span<float> Cosines(int item) => workspace.Cosines.AsSpan(item * weights.Count, weights.Count);

    /// <summary>Their slopes, 0 until they are written.</summary>
    /// <param name="item">The item.</param>
    public Span<float> Slopes(int item) => workspace.CosineGradients.AsSpan(item * weights.Count, weights.Count);

    /// <summary>Memory for a number a class.</summary>
    public Span<float> Logits => workspace.Logits.AsSpan(0, weights.Classes);

    /// <summary>Memory for another.</summary>
    public Span<float> Weights => workspace.Weights.AsSpan(0, weights.Classes);

    /// <summary>Memory for a number an item.</summary>
    public Span<float> ItemLogits => workspace.Logits.AsSpan(0, Items);

    /// <summary>Memory for another.</summary>
    public Span<float> ItemWeights => workspace.Weights.AsSpan(0, Items);
}
