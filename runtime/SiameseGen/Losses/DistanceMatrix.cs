using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>
/// All distances within a batch, and the way back from their gradients to the embeddings'. Sixteen distances of four items are computed at a time, each as one sum
/// over the embedding's values, first to last, so that D[i, j] and D[j, i] are the same bits.
/// </summary>
internal static class DistanceMatrix
{
    private const int Block = 16, RowBlock = 4, Tile = 32;

    /// <summary>Items of a row of the columns' matrix.</summary>
    public static int Padded(int count) => (count + Block - 1) / Block * Block;

    /// <summary>Fills the matrix D[i, j] of distances, symmetric with a zero diagonal, and clears the matrix of its gradients.</summary>
    public static void Forward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> distances = workspace.Distances.AsSpan(0, count * count);
        switch (metric)
        {
            case DistanceMetric.Cosine:
                Normalize(embeddings, length, workspace.Rows, workspace.Lengths);
                Fill<Products>(workspace.Rows, count, workspace.Rows, count, length, workspace.Columns, distances);
                foreach (ref float distance in distances)
                    distance = Math.Clamp(1f - distance, 0f, 2f);
                break;
            case DistanceMetric.Manhattan:
                Fill<Absolutes>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
                break;
            default:
                Fill<Squares>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
                if (metric is DistanceMetric.Euclidean)
                    SquareRoots(distances);
                break;
        }

        for (int i = 0; i < count; i++)
            distances[(i * count) + i] = 0f;
        workspace.DistanceGradients.AsSpan(0, count * count).Clear();
    }

    /// <summary>Fills the matrix with products a·b of the embeddings as they are, and clears the matrix of its gradients.</summary>
    public static void ForwardProducts(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace)
    {
        Fill<Products>(embeddings, count, embeddings, count, workspace.EmbeddingLength, workspace.Columns, workspace.Distances.AsSpan(0, count * count));
        workspace.DistanceGradients.AsSpan(0, count * count).Clear();
    }

    /// <summary>From d loss / d D[i, j], where entries (i, j) and (j, i) add up, to d loss / d embeddings, overwritten.</summary>
    public static void Backward(DistanceMetric metric, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * count);
        AddTransposed(slopes, count);
        ReadOnlySpan<float> distances = workspace.Distances.AsSpan(0, count * count);
        switch (metric)
        {
            case DistanceMetric.Cosine:
                Gather<Partners>(count, length, workspace.Rows, slopes, gradients);
                ThroughNormalization(gradients[..(count * length)], length, workspace.Rows, workspace.Lengths);
                break;
            case DistanceMetric.Manhattan:
                Gather<Signs>(count, length, embeddings, slopes, gradients);
                break;
            case DistanceMetric.Euclidean:
                for (int i = 0; i < slopes.Length; i++)
                    slopes[i] = distances[i] > 0f ? slopes[i] / distances[i] : 0f;
                Gather<Differences>(count, length, embeddings, slopes, gradients);
                break;
            default:
                foreach (ref float slope in slopes)
                    slope *= 2f;
                Gather<Differences>(count, length, embeddings, slopes, gradients);
                break;
        }
    }

    /// <summary>From d loss / d products to d loss / d embeddings, overwritten.</summary>
    public static void BackwardProducts(int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * count);
        AddTransposed(slopes, count);
        foreach (ref float slope in slopes)
            slope = -slope;
        Gather<Partners>(count, workspace.EmbeddingLength, embeddings, slopes, gradients);
    }

    /// <summary>Fills a table with the cosine of each embedding and each learned weight vector, and clears the table of its gradients.</summary>
    public static void ForwardLearned(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace, LossWeights weights)
    {
        int length = workspace.EmbeddingLength;
        Normalize(embeddings, length, workspace.Rows, workspace.Lengths);
        Normalize(weights.Values, length, weights.Rows, weights.Lengths);
        Fill<Products>(workspace.Rows, count, weights.Rows, weights.Count, length, weights.Columns, workspace.Cosines.AsSpan(0, count * weights.Count));
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
        foreach (ref float slope in slopes)
            slope = -slope;
        Gather<Partners>(workspace.Rows, count, weights.Rows, weights.Count, length, slopes, gradients);
        ThroughNormalization(gradients, length, workspace.Rows, workspace.Lengths);
    }

    private static void AddScaled(float scale, ReadOnlySpan<float> row, Span<float> sum)
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
    private static void Normalize(ReadOnlySpan<float> embeddings, int length, Span<float> rows, Span<float> scales)
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
    private static void ThroughNormalization(Span<float> gradients, int length, ReadOnlySpan<float> rows, ReadOnlySpan<float> scales)
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

    private static void SquareRoots(Span<float> values)
    {
        foreach (ref float value in values)
            value = MathF.Sqrt(value);
    }

    private static void Fill<TTerm>(
        ReadOnlySpan<float> rows, int rowCount, ReadOnlySpan<float> others, int count, int length, Span<float> columns, Span<float> matrix)
        where TTerm : struct, ITerm
    {
        int stride = Padded(count);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < length; k++)
                columns[(k * stride) + i] = others[(i * length) + k];
        }

        Span<float> some = stackalloc float[Block];
        for (int i = 0; i < rowCount; i += RowBlock)
        {
            int second = Math.Min(i + 1, rowCount - 1), third = Math.Min(i + 2, rowCount - 1), fourth = Math.Min(i + 3, rowCount - 1);
            ReadOnlySpan<float> a = rows.Slice(i * length, length), b = rows.Slice(second * length, length);
            ReadOnlySpan<float> c = rows.Slice(third * length, length), d = rows.Slice(fourth * length, length);
            for (int j = 0; j < count; j += Block)
            {
                Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
                ref float column = ref columns[j];
                for (int k = 0; k < a.Length; k++)
                {
                    Vector256<float> low = Vector256.LoadUnsafe(ref column), high = Vector256.LoadUnsafe(ref column, 8);
                    Vector256<float> value = Vector256.Create(a[k]);
                    a0 = TTerm.Add(a0, value, low);
                    a1 = TTerm.Add(a1, value, high);
                    value = Vector256.Create(b[k]);
                    b0 = TTerm.Add(b0, value, low);
                    b1 = TTerm.Add(b1, value, high);
                    value = Vector256.Create(c[k]);
                    c0 = TTerm.Add(c0, value, low);
                    c1 = TTerm.Add(c1, value, high);
                    value = Vector256.Create(d[k]);
                    d0 = TTerm.Add(d0, value, low);
                    d1 = TTerm.Add(d1, value, high);
                    column = ref Unsafe.Add(ref column, stride);
                }

                Store(a0, a1, i, j, some, matrix, count);
                Store(b0, b1, second, j, some, matrix, count);
                Store(c0, c1, third, j, some, matrix, count);
                Store(d0, d1, fourth, j, some, matrix, count);
            }
        }
    }

    private static void Store(Vector256<float> low, Vector256<float> high, int row, int column, Span<float> some, Span<float> matrix, int count)
    {
        Span<float> target = matrix.Slice((row * count) + column, Math.Min(Block, count - column));
        if (target.Length == Block)
        {
            low.StoreUnsafe(ref MemoryMarshal.GetReference(target));
            high.StoreUnsafe(ref MemoryMarshal.GetReference(target), 8);
            return;
        }

        low.StoreUnsafe(ref MemoryMarshal.GetReference(some));
        high.StoreUnsafe(ref MemoryMarshal.GetReference(some), 8);
        some[..target.Length].CopyTo(target);
    }

    // In tiles, because a column of a large matrix is in as many lines of the cache as it has rows.
    private static void AddTransposed(Span<float> matrix, int count)
    {
        for (int top = 0; top < count; top += Tile)
        {
            for (int left = 0; left <= top; left += Tile)
            {
                for (int i = top; i < Math.Min(top + Tile, count); i++)
                {
                    for (int j = left; j < Math.Min(left + Tile, i); j++)
                    {
                        float sum = matrix[(i * count) + j] + matrix[(j * count) + i];
                        matrix[(i * count) + j] = sum;
                        matrix[(j * count) + i] = sum;
                    }
                }
            }
        }

        for (int i = 0; i < count; i++)
            matrix[(i * count) + i] = 0f;
    }

    // gradient of i = Σ over j of weight(i, j) · term(i, j), j from first to last.
    private static void Gather<TTerm>(int count, int length, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, Span<float> gradients)
        where TTerm : struct, IWeighedTerm => Gather<TTerm>(rows, count, rows, count, length, weights, gradients);

    private static void Gather<TTerm>(
        ReadOnlySpan<float> owners, int rowCount, ReadOnlySpan<float> rows, int count, int length, ReadOnlySpan<float> weights, Span<float> gradients)
        where TTerm : struct, IWeighedTerm
    {
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlySpan<float> own = owners.Slice(i * length, length), weight = weights.Slice(i * count, count);
            Span<float> gradient = gradients.Slice(i * length, length);
            int k = 0;
            for (; k <= length - (4 * Lanes.Count); k += 4 * Lanes.Count)
                GatherFour<TTerm>(own, rows, weight, k, gradient);
            for (; k <= length - Lanes.Count; k += Lanes.Count)
                GatherOne<TTerm>(own, rows, weight, k, gradient);
            if (k == length)
                continue;
            if (length >= Lanes.Count)
            {
                // The last vector overlaps the one before, and computes the same there again.
                GatherOne<TTerm>(own, rows, weight, length - Lanes.Count, gradient);
                continue;
            }

            for (; k < length; k++)
            {
                Vector256<float> sum = default;
                for (int j = 0; j < weight.Length; j++)
                    sum = TTerm.Weigh(sum, Vector256.Create(weight[j]), Vector256.Create(own[k]), Vector256.Create(rows[(j * length) + k]));
                gradient[k] = sum.ToScalar();
            }
        }
    }

    private static void GatherFour<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        ref float value = ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k), other = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        Vector256<float> x0 = Vector256.LoadUnsafe(ref value), x1 = Vector256.LoadUnsafe(ref value, 8), x2 = Vector256.LoadUnsafe(ref value, 16), x3 = Vector256.LoadUnsafe(ref value, 24);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int j = 0; j < weights.Length; j++, other = ref Unsafe.Add(ref other, own.Length))
        {
            if (weights[j] == 0f)
                continue;
            Vector256<float> weight = Vector256.Create(weights[j]);
            s0 = TTerm.Weigh(s0, weight, x0, Vector256.LoadUnsafe(ref other));
            s1 = TTerm.Weigh(s1, weight, x1, Vector256.LoadUnsafe(ref other, 8));
            s2 = TTerm.Weigh(s2, weight, x2, Vector256.LoadUnsafe(ref other, 16));
            s3 = TTerm.Weigh(s3, weight, x3, Vector256.LoadUnsafe(ref other, 24));
        }

        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), k);
        s0.StoreUnsafe(ref target);
        s1.StoreUnsafe(ref target, 8);
        s2.StoreUnsafe(ref target, 16);
        s3.StoreUnsafe(ref target, 24);
    }

    private static void GatherOne<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        Vector256<float> value = Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k)), sum = default;
        ref float other = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        for (int j = 0; j < weights.Length; j++, other = ref Unsafe.Add(ref other, own.Length))
        {
            if (weights[j] != 0f)
                sum = TTerm.Weigh(sum, Vector256.Create(weights[j]), value, Vector256.LoadUnsafe(ref other));
        }

        sum.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), k));
    }

    private interface ITerm
    {
        static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
    }

    private interface IWeighedTerm
    {
        static abstract Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b);
    }

    private readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b)
        {
            Vector256<float> difference = a - b;
            return Vectors.MultiplyAdd(difference, difference, sum);
        }
    }

    private readonly struct Products : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vectors.MultiplyAdd(a, b, sum);
    }

    private readonly struct Absolutes : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + Vector256.Abs(a - b);
    }

    private readonly struct Differences : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            Vectors.MultiplyAdd(weight, a - b, sum);
    }

    // ∂(1 − a·b)/∂a = −b
    private readonly struct Partners : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            Vectors.MultiplyAdd(-weight, b, sum);
    }

    private readonly struct Signs : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            sum + Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), weight, Vector256.ConditionalSelect(Vector256.LessThan(a, b), -weight, Vector256<float>.Zero));
    }
}
