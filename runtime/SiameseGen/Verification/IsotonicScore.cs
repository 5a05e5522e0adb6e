using System.Collections.Immutable;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// The probability of one identity as the function of the distance that fits best of all that never rise (Zadrozny and Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", 2002), found by pooling adjacent violators (Ayer et al., 1955).
/// </summary>
/// <remarks>
/// It is given at knots. Between two of them it is a straight line; before the first and after the last it stays as it is there. Over a pool of distances it is level: a pool has a knot at its first and one at its last distance.
/// </remarks>
public sealed class IsotonicScore : IDistanceScore, IEquatable<IsotonicScore>
{
    /// <summary>Takes knots.</summary>
    /// <param name="distances">Finite distances, each larger than the one before; one or more.</param>
    /// <param name="probabilities">The probability at each, 0 to 1, none larger than the one before.</param>
    /// <exception cref="ArgumentException">There are no knots, not as many distances as probabilities, or they are out of order or range.</exception>
    public IsotonicScore(ReadOnlySpan<float> distances, ReadOnlySpan<float> probabilities)
    {
        if (distances.IsEmpty || distances.Length != probabilities.Length)
            throw new ArgumentException($"An isotonic score has {distances.Length} distances and {probabilities.Length} probabilities; it takes one or more, as many of each.", nameof(distances));
        for (int i = 0; i < distances.Length; i++)
        {
            if (!float.IsFinite(distances[i]) || (i > 0 && distances[i] <= distances[i - 1]))
                throw new ArgumentException($"Distance {i} of an isotonic score, {distances[i]}, is not a finite number larger than the one before.", nameof(distances));
            if (!(probabilities[i] is >= 0 and <= 1) || (i > 0 && probabilities[i] > probabilities[i - 1]))
                throw new ArgumentException($"Probability {i} of an isotonic score, {probabilities[i]}, is not within 0 to 1 and at most the one before.", nameof(probabilities));
        }

        Distances = [.. distances];
        Probabilities = [.. probabilities];
    }

    /// <summary>The distances of the knots, ascending.</summary>
    public ImmutableArray<float> Distances { get; }

    /// <summary>The probability at each, never rising.</summary>
    public ImmutableArray<float> Probabilities { get; }

    /// <inheritdoc/>
    public SimilarityScore Of(Distance distance)
    {
        float value = distance.Value;
        if (!(value > Distances[0]))
            return new SimilarityScore(Probabilities[0]);
        if (value >= Distances[^1])
            return new SimilarityScore(Probabilities[^1]);
        int right = Distances.BinarySearch(value);
        if (right >= 0)
            return new SimilarityScore(Probabilities[right]);
        right = ~right;
        double share = ((double)value - Distances[right - 1]) / ((double)Distances[right] - Distances[right - 1]);
        double between = Probabilities[right - 1] + (share * ((double)Probabilities[right] - Probabilities[right - 1]));

        // Rounding must not lead beyond either end, or it would rise.
        return new SimilarityScore(Math.Clamp((float)between, Probabilities[right], Probabilities[right - 1]));
    }

    /// <inheritdoc/>
    public bool Equals(IsotonicScore? other) => other is not null && Distances.AsSpan().SequenceEqual(other.Distances.AsSpan()) && Probabilities.AsSpan().SequenceEqual(other.Probabilities.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IsotonicScore);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Distances.Length, Distances[0], Distances[^1], Probabilities[0], Probabilities[^1]);

    /// <summary>How many knots there are, and between which distances and probabilities.</summary>
    public override string ToString() => FormattableString.Invariant($"isotonic, {Distances.Length} knots: {Probabilities[0]:G3} at {Distances[0]:G3} to {Probabilities[^1]:G3} at {Distances[^1]:G3}");

    /// <summary>Fits scores, both kinds of pairs counting half, with Platt's targets, so that a score is never 0 or 1.</summary>
    internal static IsotonicScore Fit(PairScores scores)
    {
        double high = (scores.SimilarPairs + 1.0) / (scores.SimilarPairs + 2), low = 1 / (scores.DissimilarPairs + 2.0);
        List<Pool> pools = [];
        foreach (DistanceCount count in scores.Distances)
        {
            // Pairs at one distance are one thing: nothing can tell them apart.
            double ofSimilar = 0.5 * count.Similar / scores.SimilarPairs, ofDissimilar = 0.5 * count.Dissimilar / scores.DissimilarPairs;
            var pool = new Pool(count.Least, count.Most, ofSimilar + ofDissimilar, (ofSimilar * high) + (ofDissimilar * low));
            while (pools.Count > 0 && pools[^1].Mean <= pool.Mean)
            {
                pool = new Pool(pools[^1].First, pool.Last, pools[^1].Weight + pool.Weight, pools[^1].Sum + pool.Sum);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(pool);
        }

        List<float> distances = [], probabilities = [];
        foreach (Pool pool in pools)
        {
            float probability = (float)Math.Clamp(pool.Mean, low, high);
            distances.Add(pool.First);
            probabilities.Add(probability);
            if (pool.Last <= pool.First)
                continue;
            distances.Add(pool.Last);
            probabilities.Add(probability);
        }

        return new IsotonicScore([.. distances], [.. probabilities]);
    }

    // Distances with one probability.
    private readonly record struct Pool(float First, float Last, double Weight, double Sum)
    {
        public double Mean => Sum / Weight;
    }
}
