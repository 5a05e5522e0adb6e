using System.Globalization;
using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A weighted sum of several losses over the same batches.</summary>
public sealed class CombinedLoss : EmbeddingLoss
{
    private readonly (EmbeddingLoss Loss, float Weight)[] _parts;
    private readonly bool _isOfRegularizers;
    private readonly int _learning;

    /// <summary>Makes a sum.</summary>
    /// <param name="parts">The losses and their weights, each above 0 and finite. Embeddings are compared by the distance of the first one.</param>
    /// <exception cref="ArgumentException">There are none, one is a sum itself, or no structure of batches suits all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not a positive number.</exception>
    public CombinedLoss(params (EmbeddingLoss Loss, float Weight)[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Length == 0)
            throw new ArgumentException("A sum has a loss at least.", nameof(parts));
        foreach ((EmbeddingLoss loss, float weight) in parts)
        {
            ArgumentNullException.ThrowIfNull(loss, nameof(parts));
            if (!(weight > 0f) || float.IsInfinity(weight))
                throw new ArgumentOutOfRangeException(nameof(parts), weight, $"The weight of the {loss.Name} loss is above 0 and finite.");
            if (loss is CombinedLoss)
                throw new ArgumentException("A part is a sum itself: name its parts instead.", nameof(parts));
        }

        if (!Enum.GetValues<BatchStructure>().Any(structure => parts.All(part => part.Loss.Accepts(structure))))
            throw new ArgumentException($"No structure of batches suits the losses {string.Join(", ", parts.Select(part => part.Loss.Name))}.", nameof(parts));
        if (parts.Any(part => part.Loss is WeightRegularizer) && !parts.Any(part => part.Loss is ProxyLoss))
            throw new ArgumentException("A regularizer of learned vectors has none to regularize: add a loss that learns them, such as ArcFace.", nameof(parts));
        _parts = [.. parts];
        _learning = parts.Count(part => part.Loss.LearnsWeights);
        _isOfRegularizers = parts.All(part => IsRegularizer(part.Loss));
        Name = string.Join(" + ", parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Weight} · {part.Loss.Name}")));
    }

    /// <summary>The losses and their weights.</summary>
    public IReadOnlyList<(EmbeddingLoss Loss, float Weight)> Parts => _parts;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override DistanceMetric Distance => _parts[0].Loss.Distance;

    /// <inheritdoc/>
    public override bool HasExactGradient => _parts.All(part => part.Loss.HasExactGradient);

    /// <inheritdoc/>
    /// <remarks>Parts that have nothing to choose from go without.</remarks>
    public override bool AcceptsMiner => _parts.Any(part => part.Loss.AcceptsMiner);

    /// <inheritdoc/>
    /// <remarks>Parts that take none go without.</remarks>
    public override bool AcceptsMemory => _parts.Any(part => part.Loss.AcceptsMemory);

    /// <inheritdoc/>
    public override bool TakesViews => _parts.Any(part => part.Loss.TakesViews);

    /// <inheritdoc/>
    public override bool LearnsWeights => _parts.Any(part => part.Loss.LearnsWeights);

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure)
    {
        // In a loop, because it is asked in every step and a lambda would be allocated.
        foreach ((EmbeddingLoss loss, _) in _parts)
        {
            if (!loss.Accepts(structure))
                return false;
        }

        return true;
    }

    // About embeddings or learned vectors as such, whatever pairs there are.
    private static bool IsRegularizer(EmbeddingLoss part) => part is EmbeddingRegularizer or WeightRegularizer;

    /// <inheritdoc/>
    public override LossWeights? CreateWeights(int classes, int embeddingLength, int seed)
    {
        LossWeights[] weights = [.. _parts.Select(part => part.Loss.CreateWeights(classes, embeddingLength, seed)).OfType<LossWeights>()];
        return weights.Length > 1 ? LossWeights.Join(weights) : weights.FirstOrDefault();
    }

    /// <inheritdoc/>
    /// <remarks>Distances are those of the first loss. The active share is the largest of all parts but regularizers, which know of no pairs: as long as one part has something to learn, the sum has.</remarks>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        gradients.Clear();
        Span<float> own = workspace.PartGradients.AsSpan(0, gradients.Length);
        LossResult result = default;
        LossWeights? whole = workspace.Learned;
        float sum = 0, active = 0;
        int learned = 0;
        try
        {
            for (int i = 0; i < _parts.Length; i++)
            {
                (EmbeddingLoss loss, float weight) = _parts[i];
                if (loss is WeightRegularizer)
                    continue;
                workspace.HidesMiner = !loss.AcceptsMiner;

                // Weights of another sum are the whole, which the loss refuses.
                workspace.LearnedPart = loss.LearnsWeights && whole?.Parts.Count == _learning ? whole.Parts[learned++] : null;
                LossResult one = loss.Evaluate(batch, embeddings, own, workspace);
                if (i == 0)
                    result = one;
                if (_isOfRegularizers || !IsRegularizer(loss))
                    active = Math.Max(active, one.ActiveShare);
                sum += weight * one.Loss;
                for (int k = 0; k < own.Length; k++)
                    gradients[k] += weight * own[k];
                if (workspace.LearnedPart is { } part)
                {
                    foreach (ref float gradient in part.Gradients)
                        gradient *= weight;
                }
            }
        }
        finally
        {
            workspace.HidesMiner = false;
            workspace.LearnedPart = null;
        }

        // After the loss whose vectors they are about, which overwrites the gradient.
        foreach ((EmbeddingLoss loss, float weight) in _parts)
        {
            if (loss is not WeightRegularizer regularizer || whole is null)
                continue;
            for (int i = 0; i < whole.Parts.Count; i++)
            {
                if (whole.Parts[i].PerClass > 0)
                    sum += weight * regularizer.AddTo(whole.Parts[i], weight).Loss;
            }
        }

        return result with { Loss = sum, ActiveShare = active };
    }
}
