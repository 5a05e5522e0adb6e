namespace SiameseGen.Losses;

/// <summary>One view of a batch with a row for each value of the embeddings: means, deviations and products of rows, and the way back.</summary>
internal static class ViewMoments
{
    /// <summary>Turns items × values into rows of values and subtracts each row's mean.</summary>
    public static void Center(ReadOnlySpan<float> items, int length, Span<float> rows)
    {
        int count = items.Length / length;
        for (int k = 0; k < length; k++)
        {
            Span<float> row = rows.Slice(k * count, count);
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                row[i] = items[(i * length) + k];
                sum += row[i];
            }

            float mean = (float)(sum / count);
            foreach (ref float value in row)
                value -= mean;
        }
    }

    /// <summary>Divides each centred row by its deviation √(variance + ε).</summary>
    public static void Standardize(Span<float> rows, int count, float epsilon, Span<float> deviations)
    {
        for (int k = 0; k < deviations.Length; k++)
        {
            Span<float> row = rows.Slice(k * count, count);
            float deviation = MathF.Sqrt((LaneSums.Product(row, row) / count) + epsilon);
            deviations[k] = deviation;
            foreach (ref float value in row)
                value /= deviation;
        }
    }

    /// <summary>The products of every row of one view and every row of another.</summary>
    public static void Products(ReadOnlySpan<float> rows, ReadOnlySpan<float> others, int length, int count, LossWorkspace workspace, Span<float> matrix) => DistanceTiles.Fill<DistanceTiles.Products>(
        rows, length, others, length, count, workspace.Scratch(ScratchOfColumns, DistanceTiles.Padded(length) * count), matrix);

    /// <summary>d loss / d rows: for each row minus a weighted sum of the other view's, overwritten.</summary>
    public static void Gather(ReadOnlySpan<float> rows, ReadOnlySpan<float> others, int length, int count, ReadOnlySpan<float> negativeWeights, Span<float> gradients, LossWorkspace workspace) =>
        GradientSums.Gather<GradientSums.Partners>(rows, length, others, length, count, negativeWeights, gradients, workspace);

    /// <summary>Back through <see cref="Standardize"/> and <see cref="Center"/>: adds (g − mean g − z·mean(g·z)) / deviation to the items' gradients.</summary>
    public static void BackThroughStandardize(ReadOnlySpan<float> gradients, ReadOnlySpan<float> rows, ReadOnlySpan<float> deviations, int count, Span<float> items)
    {
        int length = deviations.Length;
        for (int k = 0; k < length; k++)
        {
            ReadOnlySpan<float> gradient = gradients.Slice(k * count, count), row = rows.Slice(k * count, count);
            float mean = Mean(gradient), along = LaneSums.Product(gradient, row) / count;
            for (int i = 0; i < count; i++)
                items[(i * length) + k] += (gradient[i] - mean - (row[i] * along)) / deviations[k];
        }
    }

    /// <summary>Back through <see cref="Center"/>: adds g − mean g to the items' gradients.</summary>
    public static void BackThroughCenter(ReadOnlySpan<float> gradients, int length, int count, Span<float> items)
    {
        for (int k = 0; k < length; k++)
        {
            ReadOnlySpan<float> gradient = gradients.Slice(k * count, count);
            float mean = Mean(gradient);
            for (int i = 0; i < count; i++)
                items[(i * length) + k] += gradient[i] - mean;
        }
    }

    /// <summary>Turns a square matrix over its diagonal.</summary>
    public static void Transpose(Span<float> matrix, int length)
    {
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j < i; j++)
                (matrix[(i * length) + j], matrix[(j * length) + i]) = (matrix[(j * length) + i], matrix[(i * length) + j]);
        }
    }

    // The first numbers are those of the losses.
    private const int ScratchOfColumns = 7;

    private static float Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return (float)(sum / values.Length);
    }
}
