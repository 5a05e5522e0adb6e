namespace SiameseGen.Losses;

/// <summary>
/// The distances of a batch's items to the batch and to what the memory holds, a row for each item, and the way back. Columns of the batch are in both of a distance's places; those of the memory stay where they are.
/// </summary>
internal static class CrossBatchMatrix
{
    /// <summary>Whether a distance can be computed so.</summary>
    public static bool Has(DistanceMetric metric) => metric is DistanceMetric.Euclidean or DistanceMetric.SquaredEuclidean or DistanceMetric.Cosine or DistanceMetric.Manhattan;

    /// <summary>Fills the matrix, with a zero diagonal, and clears that of its gradients.</summary>
    /// <returns>The columns.</returns>
    public static int Forward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        workspace.Begin(count);
        ReadOnlySpan<float> remembered = workspace.Memory!.Embeddings;
        int length = workspace.EmbeddingLength, columns = count + workspace.Memory.Count;
        Span<float> joined = workspace.Joined.AsSpan(0, columns * length), distances = workspace.Distances.AsSpan(0, count * columns);
        embeddings.CopyTo(joined);
        remembered.CopyTo(joined[embeddings.Length..]);
        if (metric is DistanceMetric.Cosine)
        {
            DistanceMatrix.Normalize(joined, length, workspace.Rows, workspace.Lengths);
            DistanceTiles.Fill<DistanceTiles.Products>(workspace.Rows, count, workspace.Rows, columns, length, workspace.Columns, distances);
        }
        else if (metric is DistanceMetric.Manhattan)
        {
            DistanceTiles.Fill<DistanceTiles.Absolutes>(joined, count, joined, columns, length, workspace.Columns, distances);
        }
        else
        {
            DistanceTiles.Fill<DistanceTiles.Squares>(joined, count, joined, columns, length, workspace.Columns, distances);
        }

        DistanceMatrix.Finish(metric, distances);
        for (int i = 0; i < count; i++)
            distances[(i * columns) + i] = 0f;
        workspace.DistanceGradients.AsSpan(0, count * columns).Clear();
        return columns;
    }

    /// <summary>From d (sum of losses) / d D[i, j] to d loss / d embeddings of the batch, overwritten.</summary>
    public static void Backward(DistanceMetric metric, float share, int count, int columns, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * columns);
        ReadOnlySpan<float> distances = metric is DistanceMetric.Euclidean ? workspace.Distances.AsSpan(0, count * columns) : default;
        float factor = metric is DistanceMetric.SquaredEuclidean ? 2f * share : share;
        for (int i = 0; i < count; i++)
        {
            Span<float> row = slopes.Slice(i * columns, columns);
            row[i] = 0f;
            for (int j = i + 1; j < count; j++)
            {
                ref float mirrored = ref slopes[(j * columns) + i];
                row[j] += mirrored;
                mirrored = row[j];
            }
        }

        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] *= factor;
            if (!distances.IsEmpty)
                slopes[i] = distances[i] == 0f ? 0f : slopes[i] / distances[i];
        }

        ReadOnlySpan<float> joined = workspace.Joined;
        if (metric is DistanceMetric.Cosine)
        {
            GradientSums.Gather<GradientSums.Partners>(workspace.Rows, count, workspace.Rows, columns, length, slopes, gradients, workspace);
            DistanceMatrix.ThroughNormalization(gradients, length, workspace.Rows, workspace.Lengths);
        }
        else if (metric is DistanceMetric.Manhattan)
        {
            GradientSums.Gather<GradientSums.Signs>(joined, count, joined, columns, length, slopes, gradients, workspace);
        }
        else
        {
            GradientSums.Gather<GradientSums.Differences>(joined, count, joined, columns, length, slopes, gradients, workspace);
        }
    }
}
