using SiameseGen.Losses;

namespace SiameseGen.Mining;

/// <summary>The embeddings that are compared, as their distance sees them, and who may not be a negative of whom.</summary>
internal sealed class HardNegativeRows
{
    private readonly int[] _classes;
    private readonly int[]? _mayBeSame;
    private readonly float[] _rows;
    private readonly float[] _signals = [];

    public HardNegativeRows(EmbeddingMatrix embeddings, DistanceMetric metric, ReadOnlySpan<int> classes, IReadOnlyList<int>? mayBeSame)
    {
        _classes = classes.ToArray();
        _mayBeSame = mayBeSame is null ? null : [.. mayBeSame];
        _rows = embeddings.Values.ToArray();
        (Metric, Count, Length) = (metric, embeddings.Count, embeddings.Length);
        if (metric is DistanceMetric.Cosine)
            DistanceMatrix.Normalize(embeddings.Values, Length, _rows, new float[Count]);
        if (metric is DistanceMetric.SignalToNoise)
            SignalToNoiseMatrix.Center(embeddings.Values, _rows, _signals = new float[Count], Length);
    }

    public DistanceMetric Metric { get; }

    public int Count { get; }

    public int Length { get; }

    /// <summary>Whether two examples are of different classes for all that is known.</summary>
    public bool AreDifferent(int one, int other) =>
        _classes[one] != _classes[other] && (_mayBeSame is null || _mayBeSame[one] < 0 || _mayBeSame[one] != _mayBeSame[other]);

    /// <summary>Fills a table with keys that <see cref="Distance"/> makes distances of, a row for each example of the first run.</summary>
    public void Compare(int start, int count, int otherStart, int otherCount, float[] columns, Span<float> keys)
    {
        ReadOnlySpan<float> rows = Part(start, count), others = Part(otherStart, otherCount);
        switch (Metric)
        {
            case DistanceMetric.Cosine or DistanceMetric.DotProduct:
                DistanceTiles.Fill<DistanceTiles.Products>(rows, count, others, otherCount, Length, columns, keys);
                break;
            case DistanceMetric.Manhattan:
                DistanceTiles.Fill<DistanceTiles.Absolutes>(rows, count, others, otherCount, Length, columns, keys);
                break;
            default:
                DistanceTiles.Fill<DistanceTiles.Squares>(rows, count, others, otherCount, Length, columns, keys);
                break;
        }
    }

    /// <summary>The distance from an example that a key stands for.</summary>
    public float Distance(int example, float key) => Metric switch
    {
        DistanceMetric.Cosine => Math.Clamp(1f - key, 0f, 2f),
        DistanceMetric.Euclidean => MathF.Sqrt(key),
        DistanceMetric.DotProduct => -key,
        DistanceMetric.SignalToNoise => SignalToNoiseMatrix.HasNoSignal(_signals[example]) ? 1f : key / _signals[example],
        _ => key,
    };

    private ReadOnlySpan<float> Part(int start, int count) => _rows.AsSpan(start * Length, count * Length);
}
