namespace SiameseGen.Losses;

/// <summary>All signal-to-noise ratios within a batch, D[i, j] = var(i − j) / var(i), and the way back from their gradients: through the squared Euclidean distances of centred embeddings.</summary>
internal static class SignalToNoiseMatrix
{
    /// <summary>Fills the matrix of distances, with a zero diagonal, and clears that of its gradients. The signal of each item is left in the workspace's <see cref="LossWorkspace.Lengths"/>.</summary>
    public static void Forward(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> rows = workspace.Rows.AsSpan(0, count * length), signals = workspace.Lengths.AsSpan(0, count);
        Center(embeddings, rows, signals, length);
        DistanceMatrix.Forward(DistanceMetric.SquaredEuclidean, count, rows, workspace);
        for (int i = 0; i < count; i++)
        {
            Span<float> distances = workspace.Distances.AsSpan(i * count, count);
            for (int j = 0; j < count; j++)
                distances[j] = j == i ? 0f : HasNoSignal(signals[i]) ? 1f : distances[j] / signals[i];
        }
    }

    /// <summary>From d (sum of losses) / d D[i, j] to d loss / d embeddings, overwritten.</summary>
    public static void Backward(float share, int count, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> rows = workspace.Rows.AsSpan(0, count * length), signals = workspace.Lengths.AsSpan(0, count), ofSignals = workspace.Logits.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> distances = workspace.Distances.AsSpan(i * count, count);
            Span<float> slopes = workspace.DistanceGradients.AsSpan(i * count, count);
            float scale = HasNoSignal(signals[i]) ? 0f : 1f / signals[i];
            double own = 0;
            for (int j = 0; j < count; j++)
            {
                slopes[j] = j == i ? 0f : slopes[j] * scale;
                own += (double)slopes[j] * distances[j];
            }

            // What is left of the quotient's derivative: the anchor's own variance.
            ofSignals[i] = (float)(-2 * share * own);
        }

        DistanceMatrix.Backward(DistanceMetric.SquaredEuclidean, share, count, rows, gradients, workspace);
        for (int i = 0; i < count; i++)
        {
            Span<float> gradient = gradients.Slice(i * length, length);
            ReadOnlySpan<float> row = rows.Slice(i * length, length);
            double mean = 0;
            for (int k = 0; k < length; k++)
            {
                gradient[k] += ofSignals[i] * row[k];
                mean += gradient[k];
            }

            float shift = (float)(mean / length);
            foreach (ref float value in gradient)
                value -= shift;
        }
    }

    /// <summary>Whether an anchor's values are all equal, as good as.</summary>
    public static bool HasNoSignal(float signal) => signal < SiameseGen.Distances.LeastSquare;

    /// <summary>Takes the mean of its values away from each embedding; what is left squared and summed is its signal.</summary>
    public static void Center(ReadOnlySpan<float> embeddings, Span<float> rows, Span<float> signals, int length)
    {
        for (int i = 0; i < signals.Length; i++)
        {
            ReadOnlySpan<float> embedding = embeddings.Slice(i * length, length);
            double sum = 0;
            foreach (float value in embedding)
                sum += value;
            float mean = (float)(sum / length);
            Span<float> row = rows.Slice(i * length, length);
            for (int k = 0; k < length; k++)
                row[k] = embedding[k] - mean;
            signals[i] = LaneSums.Product(row, row);
        }
    }
}
