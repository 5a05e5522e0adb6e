namespace SiameseGen.Evaluation;

/// <summary>How an answer among several is scored.</summary>
internal static class Ranking
{
    /// <summary>1 when the right answer is the nearest, 1/k when it is one of k nearest, 0 when another is nearer.</summary>
    /// <exception cref="ArgumentException">A distance is not a number, so that nothing can be ranked.</exception>
    public static double Score(ReadOnlySpan<float> distances, int right)
    {
        float own = distances[right];
        int ties = 0;
        foreach (float distance in distances)
        {
            if (float.IsNaN(distance))
                throw new ArgumentException("A query's distance to a class is not a number: embeddings are too large for the distance.");
            if (distance < own)
                return 0;
            if (distance == own)
                ties++;
        }

        return 1.0 / ties;
    }
}
