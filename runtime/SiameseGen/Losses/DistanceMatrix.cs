using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>
/// All distances within a batch, and the way back from their gradients to the embeddings'. Sixteen distances of six items are computed at a time, each as one sum
/// over the embedding's values, first to last, so that D[i, j] and D[j, i] are the same bits.
/// </summary>
internal static class DistanceMatrix
{
    // A tile's rows are a power of two apart in large batches, so that all begin in the same set of the first-level cache: it has eight lines.
    private const int Block = 16, RowBlock = 6, TileRows = 16, TileColumns = 8;

    /// <summary>Items in whole blocks.</summary>
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
                Sweep<OneMinus>(distances);
                break;
            case DistanceMetric.Manhattan:
                Fill<Absolutes>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
                break;
            default:
                Fill<Squares>(embeddings, count, embeddings, count, length, workspace.Columns, distances);
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
        Fill<Products>(embeddings, count, embeddings, count, workspace.EmbeddingLength, workspace.Columns, workspace.Distances.AsSpan(0, count * count));
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
                Gather<Partners>(workspace.Rows, count, workspace.Rows, count, length, slopes, gradients, workspace);
                ThroughNormalization(gradients[..(count * length)], length, workspace.Rows, workspace.Lengths);
                break;
            case DistanceMetric.Manhattan:
                AddTransposed(slopes, count, share, default);
                Gather<Signs>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
            case DistanceMetric.Euclidean:
                AddTransposed(slopes, count, share, distances);
                Gather<Differences>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
            default:
                AddTransposed(slopes, count, 2f * share, default);
                Gather<Differences>(embeddings, count, embeddings, count, length, slopes, gradients, workspace);
                break;
        }
    }

    /// <summary>From d loss / d products to d loss / d embeddings, overwritten.</summary>
    public static void BackwardProducts(float share, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        Span<float> slopes = workspace.DistanceGradients.AsSpan(0, count * count);
        AddTransposed(slopes, count, -share, default);
        Gather<Partners>(embeddings, count, embeddings, count, workspace.EmbeddingLength, slopes, gradients, workspace);
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
        Sweep<Negative>(slopes);
        Gather<Partners>(workspace.Rows, count, weights.Rows, weights.Count, length, slopes, gradients, workspace);
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

    private static void Fill<TTerm>(
        ReadOnlySpan<float> rows, int rowCount, ReadOnlySpan<float> others, int count, int length, Span<float> columns, Span<float> matrix)
        where TTerm : struct, ITerm
    {
        // In panels of 16 items, value after value: they are read front to back for each six rows.
        for (int i = 0; i < count; i++)
        {
            Span<float> panel = columns.Slice(i / Block * Block * length, Block * length);
            for (int k = 0; k < length; k++)
                panel[(k * Block) + (i % Block)] = others[(i * length) + k];
        }

        Span<float> tile = stackalloc float[RowBlock * Block];
        ref float first = ref MemoryMarshal.GetReference(rows);
        for (int i = 0; i < rowCount; i += RowBlock)
        {
            // Where there are fewer rows, the last one is computed several times.
            int last = rowCount - 1;
            ref float r0 = ref Unsafe.Add(ref first, i * length), r1 = ref Unsafe.Add(ref first, Math.Min(i + 1, last) * length), r2 = ref Unsafe.Add(ref first, Math.Min(i + 2, last) * length);
            ref float r3 = ref Unsafe.Add(ref first, Math.Min(i + 3, last) * length), r4 = ref Unsafe.Add(ref first, Math.Min(i + 4, last) * length), r5 = ref Unsafe.Add(ref first, Math.Min(i + 5, last) * length);
            for (int j = 0; j < count; j += Block)
            {
                bool isWhole = i + RowBlock <= rowCount && j + Block <= count;
                ref float target = ref isWhole ? ref matrix[(i * count) + j] : ref tile[0];
                FillTile<TTerm>(length, ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref columns[j * length], ref target, isWhole ? count : Block);
                for (int row = i; row < Math.Min(i + RowBlock, rowCount) && !isWhole; row++)
                    tile.Slice((row - i) * Block, Math.Min(Block, count - j)).CopyTo(matrix[((row * count) + j)..]);
            }
        }
    }

    // A method of its own, so that its twelve sums stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FillTile<TTerm>(
        nint length, ref float r0, ref float r1, ref float r2, ref float r3, ref float r4, ref float r5, ref float column, ref float target, nint stride)
        where TTerm : struct, ITerm
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (nint k = 0; k < length; k++)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref column), high = Vector256.LoadUnsafe(ref column, Lanes.Count);
            column = ref Unsafe.Add(ref column, Block);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref r0, k));
            a0 = TTerm.Add(a0, x, low);
            b0 = TTerm.Add(b0, x, high);
            x = Vector256.Create(Unsafe.Add(ref r1, k));
            a1 = TTerm.Add(a1, x, low);
            b1 = TTerm.Add(b1, x, high);
            x = Vector256.Create(Unsafe.Add(ref r2, k));
            a2 = TTerm.Add(a2, x, low);
            b2 = TTerm.Add(b2, x, high);
            x = Vector256.Create(Unsafe.Add(ref r3, k));
            a3 = TTerm.Add(a3, x, low);
            b3 = TTerm.Add(b3, x, high);
            x = Vector256.Create(Unsafe.Add(ref r4, k));
            a4 = TTerm.Add(a4, x, low);
            b4 = TTerm.Add(b4, x, high);
            x = Vector256.Create(Unsafe.Add(ref r5, k));
            a5 = TTerm.Add(a5, x, low);
            b5 = TTerm.Add(b5, x, high);
        }

        Store(a0, b0, ref target);
        Store(a1, b1, ref Unsafe.Add(ref target, stride));
        Store(a2, b2, ref Unsafe.Add(ref target, 2 * stride));
        Store(a3, b3, ref Unsafe.Add(ref target, 3 * stride));
        Store(a4, b4, ref Unsafe.Add(ref target, 4 * stride));
        Store(a5, b5, ref Unsafe.Add(ref target, 5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float target)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, Lanes.Count);
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

    // gradient of i = Σ over j of weight(i, j) · term(i, j), j from first to last. Most weights of a mined batch are 0: the others are listed first.
    private static void Gather<TTerm>(
        ReadOnlySpan<float> owners, int rowCount, ReadOnlySpan<float> rows, int count, int length, ReadOnlySpan<float> weights, Span<float> gradients, LossWorkspace workspace)
        where TTerm : struct, IWeighedTerm
    {
        Span<int> listed = workspace.Listed.AsSpan(0, count);
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlySpan<float> own = owners.Slice(i * length, length), weight = weights.Slice(i * count, count);
            Span<float> gradient = gradients.Slice(i * length, length);
            ReadOnlySpan<int> others = listed[..List(weight, listed)];
            int k = 0;
            for (; k <= length - (4 * Lanes.Count); k += 4 * Lanes.Count)
                GatherFour<TTerm>(own, rows, weight, others, k, gradient);
            for (; k <= length - Lanes.Count; k += Lanes.Count)
                GatherOne<TTerm>(own, rows, weight, others, k, gradient);
            if (k == length)
                continue;
            if (length >= Lanes.Count)
            {
                // The last vector overlaps the one before, and computes the same there again.
                GatherOne<TTerm>(own, rows, weight, others, length - Lanes.Count, gradient);
                continue;
            }

            for (; k < length; k++)
            {
                Vector256<float> sum = default;
                foreach (int j in others)
                    sum = TTerm.Weigh(sum, Vector256.Create(weight[j]), Vector256.Create(own[k]), Vector256.Create(rows[(j * length) + k]));
                gradient[k] = sum.ToScalar();
            }
        }
    }

    // Where a weight is not 0.
    private static int List(ReadOnlySpan<float> weights, Span<int> listed)
    {
        int found = 0, i = 0;
        for (; i <= weights.Length - Lanes.Count; i += Lanes.Count)
        {
            uint some = ~Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)i), Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
            for (; some != 0; some &= some - 1)
                listed[found++] = i + System.Numerics.BitOperations.TrailingZeroCount(some);
        }

        for (; i < weights.Length; i++)
        {
            if (weights[i] != 0f)
                listed[found++] = i;
        }

        return found;
    }

    private static void GatherFour<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<int> others, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        ref float value = ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k), first = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        Vector256<float> x0 = Vector256.LoadUnsafe(ref value), x1 = Vector256.LoadUnsafe(ref value, 8), x2 = Vector256.LoadUnsafe(ref value, 16), x3 = Vector256.LoadUnsafe(ref value, 24);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        foreach (int j in others)
        {
            ref float other = ref Unsafe.Add(ref first, j * own.Length);
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

    private static void GatherOne<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<int> others, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        Vector256<float> value = Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k)), sum = default;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        foreach (int j in others)
            sum = TTerm.Weigh(sum, Vector256.Create(weights[j]), value, Vector256.LoadUnsafe(ref Unsafe.Add(ref first, j * own.Length)));
        sum.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), k));
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
