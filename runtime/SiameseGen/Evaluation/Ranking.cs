namespace SiameseGen.Evaluation;

/// <summary>How an answer among several is scored.</summary>
internal static class Ranking
{
    /// <summary>Of how many nearest the right answer is one, which scores one in so many: 1 when it is the nearest, 0 when another is nearer.</summary>
    /// <exception cref="ArgumentException">A distance is not a number, so that nothing can be ranked.</exception>
    public static int Ties(ReadOnlySpan<float> distances, int right)
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

        return ties;
    }
}
