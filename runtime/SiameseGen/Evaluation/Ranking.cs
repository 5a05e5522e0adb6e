namespace SiameseGen.Evaluation;

/// <summary>How an answer among several is scored.</summary>
internal static class Ranking
{
    /// <summary>1 when the right answer is the nearest, 1/k when it is one of k nearest, 0 when another is nearer.</summary>
    public static double Score(ReadOnlySpan<float> distances, int right)
    {
        float own = distances[right];
        int ties = 0;
        foreach (float distance in distances)
        {
            if (distance < own)
                return 0;
            if (distance == own)
                ties++;
        }

        return 1.0 / ties;
    }
}
