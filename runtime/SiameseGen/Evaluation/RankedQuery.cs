namespace SiameseGen.Evaluation;

/// <summary>The figures of one ranking. Where references are equally far, the mean over all orders of them.</summary>
internal static class RankedQuery
{
    public const int PrecisionAt1 = 0, RPrecision = 1, AveragePrecision = 2, AveragePrecisionAtR = 3, ReciprocalRank = 4, FirstRecall = 5;

    /// <summary>Computes the figures.</summary>
    /// <param name="distances">The distance of each reference; sorted by this.</param>
    /// <param name="isHit">Whether it is of the query's class; sorted along.</param>
    /// <param name="ranks">The k of Recall@k.</param>
    /// <returns>The figures; null when there is nothing to find.</returns>
    public static double[]? Figures(Span<float> distances, Span<bool> isHit, int[] ranks)
    {
        int relevant = isHit.Count(true);
        if (relevant == 0)
            return null;
        distances.Sort(isHit);
        double[] figures = new double[FirstRecall + ranks.Length];
        int hits = 0;
        for (int start = 0; start < distances.Length && hits < relevant;)
        {
            int end = start + 1;
            while (end < distances.Length && distances[end] == distances[start])
                end++;
            int size = end - start, found = isHit[start..end].Count(true);
            if (found > 0)
                Add(figures, ranks, relevant, hits, start, size, found);
            hits += found;
            start = end;
        }

        figures[RPrecision] /= relevant;
        figures[AveragePrecision] /= relevant;
        figures[AveragePrecisionAtR] /= relevant;
        return figures;
    }

    // Of equally distant references at ranks start + 1 to start + size, "found" are hits; "before" hits are closer.
    private static void Add(double[] figures, int[] ranks, int relevant, int before, int start, int size, int found)
    {
        double share = (double)found / size;
        if (start == 0)
            figures[PrecisionAt1] = share;
        figures[RPrecision] += share * Math.Clamp(relevant - start, 0, size);

        // Given that place j is a hit, the j − 1 places before it hold (found − 1) / (size − 1) hits each on average.
        double others = size == 1 ? 0 : (found - 1.0) / (size - 1);
        double noneSoFar = 1;
        for (int j = 1; j <= size; j++)
        {
            double precision = share * (before + 1 + ((j - 1) * others)) / (start + j);
            figures[AveragePrecision] += precision;
            if (start + j <= relevant)
                figures[AveragePrecisionAtR] += precision;
            if (before > 0)
                continue;

            // The chance that place j is the first hit.
            double first = noneSoFar * found / (size - j + 1);
            figures[ReciprocalRank] += first / (start + j);
            noneSoFar -= first;
            for (int k = 0; k < ranks.Length; k++)
            {
                if (start + j <= ranks[k])
                    figures[FirstRecall + k] += first;
            }

            if (noneSoFar < 1e-15)
                noneSoFar = 0;
        }
    }
}
