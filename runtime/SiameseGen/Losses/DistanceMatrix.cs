namespace SiameseGen.Losses;

/// <summary>All distances within a batch, and the way back from their gradients to the embeddings', in one fixed order.</summary>
internal static class DistanceMatrix
{
    /// <summary>Fills the matrix D[i, j] of distances, symmetric with a zero diagonal, and clears the matrix of its gradients.</summary>
    public static void Forward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> distances = workspace.Distances;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> a = embeddings.Slice(i * length, length);
            distances[(i * count) + i] = 0f;
            for (int j = 0; j < i; j++)
            {
                float distance = Distances.Between(metric, a, embeddings.Slice(j * length, length));
                distances[(i * count) + j] = distance;
                distances[(j * count) + i] = distance;
            }
        }

        workspace.DistanceGradients.AsSpan(0, count * count).Clear();
    }

    /// <summary>From d loss / d D[i, j], where entries (i, j) and (j, i) add up, to d loss / d embeddings, overwritten.</summary>
    public static void Backward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        ReadOnlySpan<float> distances = workspace.Distances, weights = workspace.DistanceGradients;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> a = embeddings.Slice(i * length, length);
            Span<float> gradient = gradients.Slice(i * length, length);
            gradient.Clear();
            for (int j = 0; j < count; j++)
            {
                float weight = weights[(i * count) + j] + weights[(j * count) + i];
                if (weight != 0f)
                    Distances.Gradient(metric, a, embeddings.Slice(j * length, length), distances[(i * count) + j], weight, gradient);
            }
        }
    }

    /// <summary>Says what is wrong when a batch and memory for it do not go together.</summary>
    public static void Check(EmbeddingLoss loss, Sampling.Batch batch, int embeddings, int gradients, LossWorkspace workspace)
    {
        if (!loss.Accepts(batch.Structure))
            throw new ArgumentException($"The {loss.Name} loss is not defined for batches of {batch.Structure}.", nameof(batch));
        if (batch.Count > workspace.Capacity)
            throw new ArgumentException($"A batch of {batch.Count} items does not fit a loss workspace for {workspace.Capacity}.", nameof(workspace));
        int expected = batch.Count * workspace.EmbeddingLength;
        if (embeddings != expected || gradients != expected)
            throw new ArgumentException($"A batch of {batch.Count} items needs {expected} floats of embeddings and of gradients; there are {embeddings} and {gradients}.", nameof(batch));
    }
}
