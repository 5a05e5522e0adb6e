using System.Runtime.InteropServices;

namespace SiameseGen.Search;

/// <summary>Rounds embeddings to the numbers that a gallery keeps.</summary>
/// <param name="format">How rows lie in memory.</param>
/// <param name="metric">Cosine keeps directions only.</param>
/// <param name="precision">The numbers.</param>
internal sealed class RowWriter(RowFormat format, DistanceMetric metric, GalleryPrecision precision)
{
    /// <summary>Largest integer of a row of bytes.</summary>
    public const int Steps = sbyte.MaxValue;

    /// <summary>Writes one row.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="block">Its block.</param>
    /// <param name="row">Its row in the block.</param>
    /// <exception cref="ArgumentException">The embedding cannot be kept; nothing was written.</exception>
    public void Write(ReadOnlySpan<float> embedding, Span<byte> block, int row)
    {
        double squaredLength = EmbeddingValues.SquaredLength(embedding, nameof(embedding));
        double factor = metric is DistanceMetric.Cosine ? EmbeddingValues.InverseLength(squaredLength) : 1;
        switch (precision)
        {
            case GalleryPrecision.Float32:
                WriteFloats(embedding, factor, MemoryMarshal.Cast<byte, float>(block), row);
                break;
            case GalleryPrecision.Float16:
                WriteHalves(embedding, factor, block, row);
                break;
            default:
                WriteBytes(embedding, factor, block, row);
                break;
        }
    }

    private static void WriteFloats(ReadOnlySpan<float> embedding, double factor, Span<float> block, int row)
    {
        for (int i = 0; i < embedding.Length; i++)
            block[(i * RowFormat.BlockRows) + row] = (float)(embedding[i] * factor);
    }

    private void WriteHalves(ReadOnlySpan<float> embedding, double factor, Span<byte> block, int row)
    {
        foreach (float value in embedding)
        {
            if (!Half.IsFinite((Half)(float)(value * factor)))
            {
                throw new ArgumentException(
                    $"An embedding has the value {value}, more than the 65,504 that float16 can hold. Use Float32 or Int8.", nameof(embedding));
            }
        }

        Span<Half> halves = MemoryMarshal.Cast<byte, Half>(block);
        double square = 0;
        for (int i = 0; i < embedding.Length; i++)
        {
            Half rounded = (Half)(float)(embedding[i] * factor);
            halves[(i * RowFormat.BlockRows) + row] = rounded;
            square += (double)rounded * (double)rounded;
        }

        if (metric is DistanceMetric.Cosine)
            Term(block, 0, row) = (float)EmbeddingValues.InverseLength(square);
    }

    private void WriteBytes(ReadOnlySpan<float> embedding, double factor, Span<byte> block, int row)
    {
        float scale = factor == 0 ? 0 : EmbeddingValues.Scale(embedding, Steps);
        int width = format.UnitNumbers;
        long square = 0;
        for (int i = 0; i < format.Units * width; i++)
        {
            int rounded = i < embedding.Length ? EmbeddingValues.Round(embedding[i], scale, Steps) : 0;
            block[(i / width * format.UnitBytes) + (row * width) + (i % width)] = (byte)(sbyte)rounded;
            square += rounded * rounded;
        }

        if (metric is DistanceMetric.Cosine)
        {
            Term(block, 0, row) = (float)EmbeddingValues.InverseLength(square);
            return;
        }

        Term(block, 0, row) = scale;
        if (format.Terms > 1)
            Term(block, 1, row) = (float)((double)scale * scale * square);
    }

    private ref float Term(Span<byte> block, int term, int row) =>
        ref MemoryMarshal.Cast<byte, float>(block[format.TermsOffset..])[(term * RowFormat.BlockRows) + row];
}
