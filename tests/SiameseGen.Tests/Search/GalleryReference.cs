using SiameseGen.Search;
using Xunit;

namespace SiameseGen.Tests.Search;

/// <summary>What a gallery keeps and finds, one number at a time.</summary>
internal static class GalleryReference
{
    public static TheoryData<DistanceMetric, GalleryPrecision> Kinds()
    {
        var kinds = new TheoryData<DistanceMetric, GalleryPrecision>();
        foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>().Where(metric => metric is not DistanceMetric.SignalToNoise))
        {
            foreach (GalleryPrecision precision in Enum.GetValues<GalleryPrecision>())
                kinds.Add(metric, precision);
        }

        return kinds;
    }

    /// <summary>The numbers that are kept of a row: with cosine those of its direction.</summary>
    public static double[] Stored(float[] row, DistanceMetric metric, GalleryPrecision precision)
    {
        double length = Math.Sqrt(row.Sum(x => (double)x * x));
        double[] kept = [.. row.Select(x => metric is DistanceMetric.Cosine ? length < 1e-15 ? 0 : x / length : x)];
        return precision switch
        {
            GalleryPrecision.Float32 => [.. kept.Select(x => (double)(float)x)],
            GalleryPrecision.Float16 => [.. kept.Select(x => (double)(Half)(float)x)],
            _ => Integers(metric is DistanceMetric.Cosine && length < 1e-15 ? new float[row.Length] : row, 127),
        };
    }

    /// <summary>The numbers that a query is rounded to.</summary>
    public static double[] Asked(float[] query, DistanceMetric metric, GalleryPrecision precision) =>
        precision is GalleryPrecision.Int8 && metric is not DistanceMetric.Manhattan
            ? Integers(query, (int)Math.Min(32767, int.MaxValue / (127L * query.Length)))
            : [.. query.Select(x => (double)x)];

    public static double Distance(DistanceMetric metric, double[] a, double[] b)
    {
        double square = a.Zip(b, (x, y) => (x - y) * (x - y)).Sum(), lengths = Math.Sqrt(a.Sum(x => x * x)) * Math.Sqrt(b.Sum(x => x * x));
        return metric switch
        {
            DistanceMetric.Euclidean => Math.Sqrt(square),
            DistanceMetric.SquaredEuclidean => square,
            DistanceMetric.DotProduct => -a.Zip(b, (x, y) => x * y).Sum(),
            DistanceMetric.Manhattan => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum(),
            _ => lengths == 0 ? 1 : 1 - (a.Zip(b, (x, y) => x * y).Sum() / lengths),
        };
    }

    private static double[] Integers(float[] values, int steps)
    {
        float scale = (float)(values.Max(x => Math.Abs((double)x)) / steps);
        return [.. values.Select(x => scale == 0 ? 0 : Math.Round(x / (double)scale) * scale)];
    }
}
