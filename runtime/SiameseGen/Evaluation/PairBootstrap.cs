namespace SiameseGen.Evaluation;

/// <summary>Intervals of verification figures that take whole subjects at a time (<see cref="DrawnCounts"/>).</summary>
/// <remarks>Without subjects, each pair is one of its own: the interval then takes pairs for independent.</remarks>
/// <param name="pairs">The pairs.</param>
/// <param name="counts">How many of each kind have which distance, ascending.</param>
internal sealed class PairBootstrap(PairSource pairs, DistanceCount[] counts)
{
    private const int MostResamples = 2000, LeastResamples = 200, MostBins = 1 << 13;
    private const double MostWork = 4e9;
    private const ulong Seed = 95;

    private readonly DistanceCount[] _bins = Fewer(counts, MostBins);

    /// <summary>How often subjects are drawn: fewer times when there are many pairs, so that it ends in minutes.</summary>
    public int Resamples { get; } = ResamplesOf(pairs);

    /// <summary>How intervals are made, in words, so that they can be made again.</summary>
    public string Words => pairs.KnowsSubjects
        ? $"bootstrap {DrawnCounts.Words(pairs.Subjects, Resamples)}"
        : FormattableString.Invariant($"bootstrap that takes pairs for independent, {Resamples:#,0} resamples, seed {Seed}");

    /// <summary>How many drawings of the subjects of some pairs end in minutes.</summary>
    /// <param name="pairs">The pairs.</param>
    public static int ResamplesOf(PairSource pairs) => (int)Math.Clamp(MostWork / pairs.Count, LeastResamples, MostResamples);

    /// <summary>The figures of each resample that has pairs of both kinds: the area, the equal error rate, and the FNMR at each limit on the FMR.</summary>
    /// <param name="limits">Limits on the FMR, ascending.</param>
    public double[][] Figures(double[] limits)
    {
        double[]?[] figures = new double[Resamples][];
        if (pairs.KnowsSubjects)
        {
            // The last bin has no edge.
            var bins = new DistanceBins([.. _bins.SkipLast(1).Select(bin => bin.Most)]);
            DrawnCounts.Each(pairs, bins, Resamples, (resample, similar, dissimilar) => figures[resample] = Figures(similar, dissimilar, limits));
        }
        else
        {
            DrawPairs((resample, similar, dissimilar) => figures[resample] = Figures(similar, dissimilar, limits));
        }

        return [.. figures.OfType<double[]>()];
    }

    /// <summary>The figures of one drawing; null where one kind of pair was not drawn.</summary>
    /// <param name="similar">Similar pairs that were drawn, by ascending distance.</param>
    /// <param name="dissimilar">Dissimilar ones.</param>
    /// <param name="limits">Limits on the FMR, ascending.</param>
    internal static double[]? Figures(ReadOnlySpan<double> similar, ReadOnlySpan<double> dissimilar, double[] limits)
    {
        double ofSimilar = 0, ofDissimilar = 0;
        for (int bin = 0; bin < similar.Length; bin++)
            (ofSimilar, ofDissimilar) = (ofSimilar + similar[bin], ofDissimilar + dissimilar[bin]);
        if (ofSimilar == 0 || ofDissimilar == 0)
            return null;

        double[] figures = new double[2 + limits.Length];
        double wins = 0, falseMatch = 0, falseNonMatch = 1, accepted = 0, falselyAccepted = 0;
        int limit = 0;
        bool crossed = false;
        for (int bin = 0; bin < similar.Length; bin++)
        {
            accepted += similar[bin];
            falselyAccepted += dissimilar[bin];
            wins += similar[bin] * ((ofDissimilar - falselyAccepted) + (dissimilar[bin] / 2));
            double nextMatch = falselyAccepted / ofDissimilar, nextNonMatch = 1 - (accepted / ofSimilar);
            for (; limit < limits.Length && nextMatch > limits[limit]; limit++)
                figures[2 + limit] = falseNonMatch;
            if (!crossed && nextMatch >= nextNonMatch)
            {
                // On the line between the two points, as RocCurve has it.
                double gap = falseNonMatch - falseMatch, passed = nextMatch - nextNonMatch;
                figures[1] = falseMatch + (gap / (gap + passed) * (nextMatch - falseMatch));
                crossed = true;
            }

            (falseMatch, falseNonMatch) = (nextMatch, nextNonMatch);
        }

        for (; limit < limits.Length; limit++)
            figures[2 + limit] = falseNonMatch;
        figures[0] = wins / (ofSimilar * ofDissimilar);
        return figures;
    }

    /// <summary>Joins counts until there are about so many: none that is left holds more of either kind than its part, nor, where rates are small, more than a small part of what is closer or farther.</summary>
    /// <param name="counts">The counts, by ascending distance.</param>
    /// <param name="most">How many at most, but for those of small rates.</param>
    internal static DistanceCount[] Fewer(DistanceCount[] counts, int most)
    {
        if (counts.Length <= most)
            return counts;
        const double small = 1.0 / 256;
        double similar = counts.Sum(count => count.Similar), dissimilar = counts.Sum(count => count.Dissimilar), part = 4.0 / most, beyond = similar - counts[0].Similar, before = 0;
        List<DistanceCount> fewer = [counts[0]];
        foreach (DistanceCount count in counts.AsSpan(1))
        {
            DistanceCount last = fewer[^1], joined = new(last.Least, count.Most, last.Similar + count.Similar, last.Dissimilar + count.Dissimilar);
            beyond -= count.Similar;
            if (joined.Similar <= Math.Min(part * similar, small * beyond) && joined.Dissimilar <= Math.Min(part * dissimilar, small * before))
            {
                fewer[^1] = joined;
            }
            else
            {
                before += last.Dissimilar;
                fewer.Add(count);
            }
        }

        return [.. fewer];
    }

    private void DrawPairs(DrawnCounts.Use use)
    {
        // Bins by the numbers of their pairs: similar ones first. Of a place in the table the search goes on to the pair.
        long similar = _bins.Sum(bin => bin.Similar), all = pairs.Count;
        long[] ends = new long[2 * _bins.Length];
        long end = 0;
        for (int i = 0; i < ends.Length; i++)
            ends[i] = end += i < _bins.Length ? _bins[i].Similar : _bins[i - _bins.Length].Dissimilar;
        int[] table = new int[Math.Min(all, PairSource.MostKept)];
        for (int place = 0, bin = 0; place < table.Length; place++)
        {
            while (ends[bin] <= (long)((Int128)place * all / table.Length))
                bin++;
            table[place] = bin;
        }

        Parallel.For(0, Resamples, () => new double[ends.Length], (resample, _, counts) =>
        {
            Array.Clear(counts);
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            for (long i = 0; i < all; i++)
            {
                int pair = random.NextInt32((int)all), bin = table[(long)pair * table.Length / all];
                while (ends[bin] <= pair)
                    bin++;
                counts[bin]++;
            }

            use(resample, counts.AsSpan(0, _bins.Length), counts.AsSpan(_bins.Length));
            return counts;
        }, _ => { });
    }
}
