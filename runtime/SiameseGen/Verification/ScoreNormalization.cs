namespace SiameseGen.Verification;

/// <summary>
/// Distances relative to those to strangers, a cohort that belongs to no trial: some templates are near to everybody and some queries are far from everybody, and one threshold fits them only once that is taken out
/// (Auckenthaler, Carey and Lloyd-Thomas, "Score Normalization for Text-Independent Speaker Verification Systems", 2000; Shum et al., 2010, for the symmetric one).
/// </summary>
/// <remarks>
/// A normalised score counts standard deviations above the mean distance to the cohort: below 0 for those closer than strangers, and less is still more similar. It takes a threshold as any other distance: calibrate on pairs with
/// <see cref="Calibration.Of"/>, whose distances are these scores. A <see cref="Verifier{TEncoder}"/> decides by them through a <see cref="NormalizedDistance{TEncoder}"/>.
/// </remarks>
public sealed class ScoreNormalization
{
    private readonly DistanceMetric _metric;
    private readonly float[][] _cohort;

    /// <summary>Takes a cohort.</summary>
    /// <param name="metric">The encoder's distance.</param>
    /// <param name="cohort">Embeddings of strangers, two or more, all of one length, of whom none is enrolled or tested.</param>
    /// <exception cref="ArgumentException">There are fewer than two, one is null, they are of different lengths, or a value is not a finite number.</exception>
    public ScoreNormalization(DistanceMetric metric, IEnumerable<float[]> cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        _metric = metric;
        _cohort = Copied(cohort);
        if (_cohort.Length < 2)
            throw new ArgumentException($"A cohort of {_cohort.Length} has no spread; it takes two strangers at least, and some hundred for good figures.", nameof(cohort));
        if (_cohort.Any(embedding => embedding.Length != _cohort[0].Length))
            throw new ArgumentException("The cohort's embeddings are of different lengths.", nameof(cohort));
    }

    /// <summary>Normalises by the template's distances to the cohort, which can be done when it is enrolled (Z-norm).</summary>
    /// <param name="template">The enrolled embedding.</param>
    /// <param name="query">The embedding that is tested.</param>
    /// <exception cref="ArgumentException">An embedding is not of the cohort's length, or it has no finite distances.</exception>
    public double Z(ReadOnlySpan<float> template, ReadOnlySpan<float> query) => Relative(template, Distances.Between(_metric, template, query));

    /// <summary>Normalises by the query's distances to the cohort (T-norm).</summary>
    /// <param name="template">The enrolled embedding.</param>
    /// <param name="query">The embedding that is tested.</param>
    /// <exception cref="ArgumentException">An embedding is not of the cohort's length, or it has no finite distances.</exception>
    public double T(ReadOnlySpan<float> template, ReadOnlySpan<float> query) => Relative(query, Distances.Between(_metric, template, query));

    /// <summary>The mean of both, which does not depend on which of the two is enrolled (S-norm).</summary>
    /// <param name="left">One embedding.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="ArgumentException">An embedding is not of the cohort's length, or it has no finite distances.</exception>
    public double S(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => (Z(left, right) + T(left, right)) / 2;

    private static float[][] Copied(IEnumerable<float[]?> cohort)
    {
        List<float[]> copies = [];
        foreach (float[]? embedding in cohort)
        {
            if (embedding is null)
                throw new ArgumentException($"Member {copies.Count} of the cohort is null.", nameof(cohort));
            int bad = Array.FindIndex(embedding, value => !float.IsFinite(value));
            if (bad >= 0)
                throw new ArgumentException($"Member {copies.Count} of the cohort has the value {embedding[bad]}, which has no distance: every score would be without meaning. Leave it out.", nameof(cohort));
            copies.Add([.. embedding]);
        }

        return [.. copies];
    }

    /// <summary>The mean of an embedding's distances to the cohort, and their standard deviation; 1 where there is none.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <exception cref="ArgumentException">It has no finite distances.</exception>
    internal (double Mean, double Deviation) OfCohort(ReadOnlySpan<float> embedding)
    {
        double sum = 0, squares = 0;
        foreach (float[] stranger in _cohort)
        {
            double one = Distances.Between(_metric, embedding, stranger);
            sum += one;
            squares += one * one;
        }

        double mean = sum / _cohort.Length, variance = Math.Max(0, (squares / _cohort.Length) - (mean * mean));
        if (!double.IsFinite(variance))
            throw new ArgumentException($"The distances to the cohort are {mean} on average: an embedding has values that are not finite, or too large for its distances.", nameof(embedding));

        // A cohort that is equally far as a whole says nothing of the spread: a distance then counts as it is.
        return (mean, variance > 1e-12 * mean * mean ? Math.Sqrt(variance) : 1);
    }

    private double Relative(ReadOnlySpan<float> embedding, float distance)
    {
        (double mean, double deviation) = OfCohort(embedding);
        double score = (distance - mean) / deviation;
        return double.IsFinite(score) ? score : throw new ArgumentException($"The distance is {distance}: an embedding has values that are not finite, or too large for its distances.", nameof(embedding));
    }
}
