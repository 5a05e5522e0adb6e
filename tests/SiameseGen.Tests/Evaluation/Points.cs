using SiameseGen.Evaluation;

namespace SiameseGen.Tests.Evaluation;

/// <summary>Examples made of points given by hand.</summary>
internal static class Points
{
    public static EmbeddedExamples On(int[] classes, float[][] points, int[]? groups = null, DistanceMetric metric = DistanceMetric.Euclidean)
    {
        var matrix = new EmbeddingMatrix(points.Length, points[0].Length);
        for (int i = 0; i < points.Length; i++)
            points[i].CopyTo(matrix.Row(i));
        return new EmbeddedExamples(matrix, metric, classes, groups ?? []);
    }

    public static EmbeddedExamples OnALine(int[] classes, params float[] places) => On(classes, [.. places.Select(place => new[] { place })]);

    /// <summary>Every example as far from every other as any: whoever finds a query nearer to its class has looked at the query itself.</summary>
    public static EmbeddedExamples AllEquallyFar(int classes, int perClass, int groups = 1)
    {
        int count = classes * perClass;
        float[][] points = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Select(k => k == i ? 1f : 0f).ToArray())];
        int[] ofClass = [.. Enumerable.Range(0, count).Select(i => i / perClass)];
        return On(ofClass, points, [.. ofClass.Select(number => number % groups)]);
    }
}
