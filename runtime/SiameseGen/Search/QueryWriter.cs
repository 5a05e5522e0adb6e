using System.Runtime.InteropServices;

namespace SiameseGen.Search;

/// <summary>Prepares queries: in the numbers that a gallery multiplies its rows with.</summary>
/// <param name="format">How rows lie in memory.</param>
/// <param name="metric">The distance.</param>
internal sealed class QueryWriter(RowFormat format, DistanceMetric metric)
{
    /// <summary>
    /// Largest integer of a query: of 16 bits, and so that the sum of all its products with a row of bytes is less than 2³¹.
    /// </summary>
    public static int Steps(int numbers) => (int)Math.Min(short.MaxValue, int.MaxValue / ((long)RowWriter.Steps * numbers));

    /// <summary>Prepares one query.</summary>
    /// <param name="query">The embedding.</param>
    /// <param name="prepared">Receives <see cref="RowFormat.QueryLength"/> floats.</param>
    /// <exception cref="ArgumentException">The query has no distances.</exception>
    public void Write(ReadOnlySpan<float> query, Span<float> prepared)
    {
        double squaredLength = EmbeddingValues.SquaredLength(query, nameof(query));
        double factor = metric is DistanceMetric.Cosine ? EmbeddingValues.InverseLength(squaredLength) : 1;
        Span<float> terms = prepared[..RowFormat.QueryTerms], units = prepared[RowFormat.QueryTerms..];
        terms.Clear();
        if (format.UnitNumbers == 1)
        {
            for (int i = 0; i < query.Length; i++)
                units[i] = (float)(query[i] * factor);
            return;
        }

        int steps = Steps(query.Length);
        float scale = factor == 0 ? 0 : EmbeddingValues.Scale(query, steps);
        Span<short> integers = MemoryMarshal.Cast<float, short>(units);
        integers[^1] = 0;
        long square = 0;
        for (int i = 0; i < query.Length; i++)
        {
            int rounded = EmbeddingValues.Round(query[i], scale, steps);
            integers[i] = (short)rounded;
            square += (long)rounded * rounded;
        }

        if (metric is DistanceMetric.Cosine)
        {
            terms[0] = (float)EmbeddingValues.InverseLength(square);
            return;
        }

        terms[0] = -2f * scale;
        terms[1] = (float)((double)scale * scale * square);
    }
}
