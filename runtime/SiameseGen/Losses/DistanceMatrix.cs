using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>
/// All distances within a batch, and the way back from their gradients to the embeddings', in one fixed order.
/// </summary>
internal static class DistanceMatrix
{
    // A tile's rows are a power of two apart in large batches, so that all begin in the same set of the first-level cache: it has eight lines.
    private const int TileRows = 16, TileColumns = 8;

    /// <summary>Fills the matrix D[i, j] of distances from i to j, with a zero diagonal, and clears the matrix of its gradients.</summary>
    public static void Forward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> distances = workspace.Distances.AsSpan(0, count * count);
        workspace.Begin(count);
        switch (metric)
        {
            case DistanceMetric.Cosine:
                Normalize(embeddings, length, workspace.Rows, workspace.Lengths);
                DistanceTiles.Fill<DistanceTiles.Products>(workspace.Rows, count, workspace.Rows, count, length, workspace.Columns, distances);
                Sweep<OneMinus>(distances);
                break;
            case DistanceMetric.SignalToNoise:
                SignalToNoiseMatrix.Forward(count, embeddings, workspace);
                return;
            case DistanceMetric.DotProduct:
                ForwardProducts(count, embeddings, workspace);
                Sweep<Negative>(distances);
                break;
            case DistanceMetric.Manhattan:
                DistanceTiles.Fill<DistanceTiles.Absolutes>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
                break;
            default:
                DistanceTiles.Fill<DistanceTiles.Squares>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
                if (metric is DistanceMetric.Euclidean)
                    Sweep<Root>(distances);
                break;
        }

        for (int i = 0; i < count; i++)
            distances[(i * count) + i] = 0f;
        workspace.DistanceGradients.AsSpan(0, count * count).Clear();
    }

    /// <summary>Fills the matrix with products a·b of the embeddings as they are, and clears the matrix of its gradients.</summary>
    public static void ForwardProducts(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        workspace.Begin(count);
        DistanceTiles.Fill<DistanceTiles.Products>(embeddings, count, embeddings, count, workspace.EmbeddingLength, workspace.Columns, workspace.Distances.AsSpan(0, count * count));
        workspace.DistanceGradients.AsSpan(0, count * count).Clear();
    }

    /// <summary>From d (sum of losses) / d D[i, j], where entries (i, j) and (j, i) add up, to d loss / d embeddings, overwritten.</summary>
    /// <param name="metric">The distance.</param>
    /// <param name="share">What makes the loss of the sum of losses, such as one over their number.</param>
    /// <param name="count">Items.</param>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="gradients">Receives the gradients.</param>
    /// <param name="workspace">The memory, whose slopes are used up.</param>
    public static void Backward(DistanceMetric metric, float share, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * count);
        ReadOnlySpan<float> distances = workspace.Distances.AsSpan(0, count * count);
        switch (metric)
        {
            case DistanceMetric.Cosine:
                AddTransposed(slopes, count, share, default);
                GradientSums.Gather<GradientSums.Partners>(workspace.Rows, count, workspace.Rows, count, length, slopes, gradients, workspace);
                ThroughNormalization(gradients[..(count * length)], length, workspace.Rows, workspace.Lengths);
                break;
            case DistanceMetric.SignalToNoise:
                SignalToNoiseMatrix.Backward(share, count, gradients, workspace);
                break;
            case DistanceMetric.DotProduct:
                BackwardProducts(-share, count, embeddings, gradients, workspace);
                break;
            case DistanceMetric.Manhattan:
                AddTransposed(slopes, count, share, default);
                GradientSums.Gather<GradientSums.Signs>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
            case DistanceMetric.Euclidean:
                AddTransposed(slopes, count, share, distances);
                GradientSums.Gather<GradientSums.Differences>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
            default:
                AddTransposed(slopes, count, 2f * share, default);
                GradientSums.Gather<GradientSums.Differences>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
        }
    }

    /// <summary>From d loss / d products to d loss / d embeddings, overwritten.</summary>
    public static void BackwardProducts(float share, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * count);
        AddTransposed(slopes, count, -share, default);
        GradientSums.Gather<GradientSums.Partners>(embeddings, count, embeddings, count, workspace.EmbeddingLength, slopes, gradients, workspace);
    }

    /// <summary>Fills a table with the cosine of each embedding and each learned weight vector, and clears the table of its gradients.</summary>
    public static void ForwardLearned(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace, LossWeights weights)
    {
        int length = workspace.EmbeddingLength;
        Normalize(embeddings, length, workspace.Rows, workspace.Lengths);
        Normalize(weights.Values, length, weights.Rows, weights.Lengths);
        DistanceTiles.Fill<DistanceTiles.Products>(workspace.Rows, count, weights.Rows, weights.Count, length, weights.Columns, workspace.Cosines.AsSpan(0, count * weights.Count));
        workspace.CosineGradients.AsSpan(0, count * weights.Count).Clear();
    }

    /// <summary>From d loss / d cosine to the gradients of embeddings and of learned weights, both overwritten.</summary>
    public static void BackwardLearned(int count, Span<float> gradients, LossWorkspace workspace, LossWeights weights)
    {
        int length = workspace.EmbeddingLength;
        Span<float> slopes = workspace.CosineGradients.AsSpan(0, count * weights.Count), learned = weights.Gradients;
        learned.Clear();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = workspace.Rows.AsSpan(i * length, length), slope = slopes.Slice(i * weights.Count, weights.Count);
            for (int j = 0; j < slope.Length; j++)
            {
                if (slope[j] != 0f)
                    AddScaled(slope[j], row, learned.Slice(j * length, length));
            }
        }

        ThroughNormalization(learned, length, weights.Rows, weights.Lengths);
        Sweep<Negative>(slopes);
        GradientSums.Gather<GradientSums.Partners>(workspace.Rows, count, weights.Rows, weights.Count, length, slopes, gradients, workspace);
        ThroughNormalization(gradients, length, workspace.Rows, workspace.Lengths);
    }

    /// <summary>Adds a row times a number to a sum.</summary>
    internal static void AddScaled(float scale, ReadOnlySpan<float> row, Span<float> sum)
    {
        Vector256<float> factor = Vector256.Create(scale);
        int k = 0;
        for (; k <= row.Length - Lanes.Count; k += Lanes.Count)
        {
            ref float target = ref sum[k];
            Vectors.MultiplyAdd(factor, Vector256.LoadUnsafe(in row[k]), Vector256.LoadUnsafe(ref target)).StoreUnsafe(ref target);
        }

        for (; k < row.Length; k++)
            sum[k] = MathF.FusedMultiplyAdd(scale, row[k], sum[k]);
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

    // An embedding without a direction becomes zeros: its cosine to every other is 0.
    internal static void Normalize(ReadOnlySpan<float> embeddings, int length, Span<float> rows, Span<float> scales)
    {
        for (int i = 0; i * length < embeddings.Length; i++)
        {
            ReadOnlySpan<float> embedding = embeddings.Slice(i * length, length);
            float square = LaneSums.Product(embedding, embedding);
            float scale = square < SiameseGen.Distances.LeastSquare ? 0f : 1f / MathF.Sqrt(square);
            scales[i] = scale;
            for (int k = 0; k < length; k++)
                rows[(i * length) + k] = embedding[k] * scale;
        }
    }

    // g ← (g − (g·n) n) / ‖a‖, with n the embedding at length 1.
    internal static void ThroughNormalization(Span<float> gradients, int length, ReadOnlySpan<float> rows, ReadOnlySpan<float> scales)
    {
        for (int i = 0; i * length < gradients.Length; i++)
        {
            Span<float> gradient = gradients.Slice(i * length, length);
            ReadOnlySpan<float> row = rows.Slice(i * length, length);
            float along = LaneSums.Product(gradient, row), scale = scales[i];
            for (int k = 0; k < length; k++)
                gradient[k] = (gradient[k] - (along * row[k])) * scale;
        }
    }

    /// <summary>Makes distances of the sums that tiles hold: of products those of cosines, and of squares the roots.</summary>
    internal static void Finish(DistanceMetric metric, Span<float> sums)
    {
        if (metric is DistanceMetric.Cosine)
            Sweep<OneMinus>(sums);
        else if (metric is DistanceMetric.Euclidean)
            Sweep<Root>(sums);
    }

    private static void Sweep<TRule>(Span<float> values)
        where TRule : struct, IRule
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - Lanes.Count; i += Lanes.Count)
            TRule.Apply(Vector256.LoadUnsafe(ref first, (nuint)i)).StoreUnsafe(ref first, (nuint)i);
        for (; i < values.Length; i++)
            values[i] = TRule.Apply(Vector256.Create(values[i])).ToScalar();
    }

    // Each entry becomes (s[i, j] + s[j, i]) · share, over the distance where there is one. In tiles, because a column of a large matrix is in as many lines of the cache as it has rows.
    private static void AddTransposed(Span<float> matrix, int count, float share, ReadOnlySpan<float> distances)
    {
        for (int top = 0; top < count; top += TileRows)
        {
            for (int left = 0; left < top + TileRows; left += TileColumns)
            {
                for (int i = top; i < Math.Min(top + TileRows, count); i++)
                {
                    Span<float> row = matrix.Slice(i * count, count);
                    for (int j = left; j < Math.Min(left + TileColumns, i); j++)
                    {
                        ref float other = ref matrix[(j * count) + i];
                        float sum = row[j] + other;
                        if (sum != 0f)
                        {
                            sum *= share;
                            if (!distances.IsEmpty)
                                sum = distances[(i * count) + j] is var distance && distance == 0f ? 0f : sum / distance;
                        }

                        row[j] = sum;
                        other = sum;
                    }
                }
            }
        }

        for (int i = 0; i < count; i++)
            matrix[(i * count) + i] = 0f;
    }

    private interface IRule
    {
        static abstract Vector256<float> Apply(Vector256<float> x);
    }

    private readonly struct Root : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => Vector256.Sqrt(x);
    }

    private readonly struct Negative : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x) => -x;
    }

    // A cosine may be a rounding beyond 1. What is not a number stays so.
    private readonly struct OneMinus : IRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> x)
        {
            Vector256<float> distance = Vector256<float>.One - x, two = Vector256.Create(2f);
            distance = Vector256.ConditionalSelect(Vector256.LessThan(distance, Vector256<float>.Zero), Vector256<float>.Zero, distance);
            return Vector256.ConditionalSelect(Vector256.GreaterThan(distance, two), two, distance);
        }
    }
}
