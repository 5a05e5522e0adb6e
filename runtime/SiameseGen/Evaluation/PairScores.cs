using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>The distances of similar and of dissimilar pairs, and what they say about telling the two apart.</summary>
/// <remarks>A pair is accepted as similar when its distance is at most the threshold.</remarks>
public sealed class PairScores
{
    private const string NeedsBoth = "Verification needs a similar and a dissimilar pair at least.";

    private readonly DistanceCount[] _distances;
    private readonly EmbeddedExamples? _examples;

    /// <summary>Takes distances, each pair's once: one that is given again counts as a trial without being one.</summary>
    /// <param name="similar">Of pairs of one class.</param>
    /// <param name="dissimilar">Of pairs of two classes.</param>
    /// <param name="protocol">How the pairs were chosen, in words.</param>
    /// <exception cref="ArgumentException">There are none of one kind, or a distance is not a finite number.</exception>
    public PairScores(ReadOnlySpan<float> similar, ReadOnlySpan<float> dissimilar, string protocol = "given pairs")
        : this(Checked(similar, dissimilar), protocol)
    {
    }

    /// <summary>Takes pairs that are read when they are wanted, and counts them.</summary>
    /// <param name="pairs">The pairs: some of each kind, with finite distances.</param>
    /// <param name="protocol">How they were chosen, in words.</param>
    /// <param name="examples">The examples they are of; null where these are not known.</param>
    /// <param name="progress">Told the share of the work that is done; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    internal PairScores(PairSource pairs, string protocol, EmbeddedExamples? examples = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(protocol);
        Pairs = pairs;
        _examples = examples;
        Protocol = protocol;
        _distances = DistanceCounts.Of(pairs, progress, cancellationToken);
        SimilarPairs = _distances.Sum(count => count.Similar);
        DissimilarPairs = _distances.Sum(count => count.Dissimilar);
        Roc = RocCurve.Of(_distances);
    }

    /// <summary>Takes distances with the classes of both halves of each pair, each pair's once, so that intervals can take whole classes at a time (<see cref="VerificationReport"/>).</summary>
    /// <param name="distances">The distance of each pair.</param>
    /// <param name="left">The class, person or product of the first half of each pair.</param>
    /// <param name="right">The same of the second half; the pair is similar where the two are equal.</param>
    /// <param name="protocol">How the pairs were chosen, in words.</param>
    /// <exception cref="ArgumentException">The numbers of distances and classes differ, there are no pairs of one kind, or a distance is not a finite number.</exception>
    public static PairScores OfSubjects(ReadOnlySpan<float> distances, ReadOnlySpan<int> left, ReadOnlySpan<int> right, string protocol = "given pairs")
    {
        if (left.Length != distances.Length || right.Length != distances.Length)
            throw new ArgumentException($"There are {distances.Length} distances, and classes for {left.Length} and {right.Length} halves.", nameof(left));
        EnsureUsable(distances, nameof(distances));
        int similar = 0;
        for (int i = 0; i < left.Length; i++)
            similar += left[i] == right[i] ? 1 : 0;
        if (similar == 0 || similar == left.Length)
            throw new ArgumentException(NeedsBoth, nameof(distances));
        return new PairScores(ListedPairs.Of(distances, left, right), protocol);
    }

    /// <summary>How the pairs were chosen.</summary>
    public string Protocol { get; }

    /// <summary>Similar pairs.</summary>
    public long SimilarPairs { get; }

    /// <summary>Dissimilar pairs.</summary>
    public long DissimilarPairs { get; }

    /// <summary>How many pairs of each kind have which distance, ascending: what a histogram is drawn of.</summary>
    /// <remarks>
    /// Of up to a million different distances each is there; of more, pairs of one kind that no pair of the other kind lies among are counted together, at most a thousandth of those that are closer (or, of similar ones, farther) at a time.
    /// Areas, rates of error at a limit and the threshold of the best accuracy do not depend on where among themselves such pairs lie, and are exact however many pairs there are; thresholds for a rate may accept a thousandth fewer than they could.
    /// </remarks>
    public IReadOnlyList<DistanceCount> Distances => _distances;

    /// <summary>The curve over all thresholds.</summary>
    public RocCurve Roc { get; }

    /// <summary>The area under the ROC curve: how often a similar pair is closer than a dissimilar one, ties counting half; 0.5 by chance, 1 at best.</summary>
    public double Auc => Roc.Auc;

    /// <summary>The equal error rate (EER), 0 to 1: see <see cref="RocCurve.EqualErrorRate"/>.</summary>
    public double EqualErrorRate => Roc.EqualErrorRate;

    /// <summary>The threshold with the best balanced accuracy, to be used on other pairs.</summary>
    /// <returns>Midway between the two distances it lies between, so that it favours neither kind.</returns>
    public VerificationThreshold ChooseThreshold()
    {
        RocPoint best = Roc.Points[0];
        float next = _distances[0].Least;
        for (int i = 1; i < Roc.Points.Count; i++)
        {
            // The point after the first is that of the first distance.
            RocPoint point = Roc.Points[i];
            if (point.FalseMatchRate + point.FalseNonMatchRate >= best.FalseMatchRate + best.FalseNonMatchRate)
                continue;
            best = point;
            next = i < _distances.Length ? _distances[i].Least : point.Threshold;
        }

        // Below the next distance in any case: the half may round up to it, and at best nothing may be accepted at all.
        float value = float.IsFinite(best.Threshold) ? best.Threshold + ((next - best.Threshold) / 2f) : MathF.BitDecrement(next);
        if (value >= next)
            value = best.Threshold;
        return new VerificationThreshold(new Distance(value), this);
    }

    /// <summary>The share of pairs that a threshold chosen on other pairs decides rightly, each kind counting half.</summary>
    /// <param name="threshold">From the <see cref="ChooseThreshold"/> of other scores.</param>
    /// <exception cref="ArgumentException">The threshold was chosen on these very pairs, also if they were scored anew: its accuracy on them says nothing about new ones. Or it is not a number.</exception>
    public VerificationAccuracy AccuracyAt(VerificationThreshold threshold)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        if (float.IsNaN(threshold.Value.Value))
            throw new ArgumentException("The threshold is not a number.", nameof(threshold));
        if (IsOfTheSamePairsAs(threshold.ChosenOn))
        {
            throw new ArgumentException(
                "The threshold was chosen on these very pairs, so its accuracy on them would say nothing about new ones. Choose it on pairs of other classes.",
                nameof(threshold));
        }

        (long matches, long falseMatches) = CountUpTo(threshold.Value.Value);
        string words = string.Create(
            CultureInfo.InvariantCulture,
            $"verification at a threshold, {Protocol}; threshold {threshold.Value.Value:G4} {(threshold.ChosenOn is { } other ? $"chosen on {other.Protocol}" : "set by hand")}; each kind of pair counts half; 95 % interval by {AccuracyInterval.Words(Pairs)}");
        return new VerificationAccuracy(
            matches, falseMatches, DissimilarPairs - falseMatches, SimilarPairs - matches, threshold, AccuracyInterval.Of(this, matches, falseMatches, threshold.Value.Value), words);
    }

    /// <summary>The pairs.</summary>
    internal PairSource Pairs { get; }

    /// <summary>How many pairs of each kind a threshold accepts.</summary>
    /// <param name="threshold">The largest distance that is accepted.</param>
    internal (long Similar, long Dissimilar) CountUpTo(float threshold)
    {
        long similar = 0, dissimilar = 0;
        foreach (DistanceCount count in _distances)
        {
            if (count.Least > threshold)
                break;
            if (count.Most > threshold)
                return CountedUpTo(threshold);
            similar += count.Similar;
            dissimilar += count.Dissimilar;
        }

        return (similar, dissimilar);
    }

    /// <summary>Of each subject, its similar pairs and those of them that a threshold does not accept.</summary>
    /// <param name="threshold">The largest distance that is accepted.</param>
    internal (long[] All, long[] Rejected) SimilarOfSubjects(float threshold)
    {
        long[] all = new long[Pairs.Subjects], rejected = new long[all.Length];
        Pairs.ReadAll(() => (All: new long[all.Length], Rejected: new long[all.Length]), (block, counts) =>
        {
            for (int i = 0; i < block.Count; i++)
            {
                if (block.Left[i] != block.Right[i])
                    continue;
                counts.All[block.Left[i]]++;
                counts.Rejected[block.Left[i]] += block.Distances[i] > threshold ? 1 : 0;
            }
        }, counts =>
        {
            for (int subject = 0; subject < all.Length; subject++)
            {
                all[subject] += counts.All[subject];
                rejected[subject] += counts.Rejected[subject];
            }
        });
        return (all, rejected);
    }

    // Scored anew from the same examples they are no others.
    private bool IsOfTheSamePairsAs(PairScores? other) =>
        ReferenceEquals(this, other) || (other is not null && _examples is not null && ReferenceEquals(_examples, other._examples) && Protocol == other.Protocol);

    // Between distances that are counted together only the pairs themselves can tell.
    private (long Similar, long Dissimilar) CountedUpTo(float threshold)
    {
        long[] sum = new long[2];
        Pairs.ReadAll(() => new long[2], (block, counts) =>
        {
            for (int i = 0; i < block.Count; i++)
                counts[block.Left[i] == block.Right[i] ? 0 : 1] += block.Distances[i] <= threshold ? 1 : 0;
        }, counts => (sum[0], sum[1]) = (sum[0] + counts[0], sum[1] + counts[1]));
        return (sum[0], sum[1]);
    }

    private static ListedPairs Checked(ReadOnlySpan<float> similar, ReadOnlySpan<float> dissimilar)
    {
        if (similar.IsEmpty || dissimilar.IsEmpty)
            throw new ArgumentException(NeedsBoth, similar.IsEmpty ? nameof(similar) : nameof(dissimilar));
        EnsureUsable(similar, nameof(similar));
        EnsureUsable(dissimilar, nameof(dissimilar));
        return ListedPairs.Of(similar, dissimilar);
    }

    private static void EnsureUsable(ReadOnlySpan<float> distances, string parameter)
    {
        foreach (float distance in distances)
        {
            if (!float.IsFinite(distance))
                throw new ArgumentException($"A pair has the distance {distance}; distances are finite numbers.", parameter);
        }
    }
}

/// <summary>A threshold on the distance of a pair, and what it was chosen on.</summary>
/// <param name="Value">Pairs at most so far apart are accepted as similar.</param>
/// <param name="ChosenOn">The scores it was chosen on; null when it was set by hand.</param>
public sealed record VerificationThreshold(Distance Value, PairScores? ChosenOn = null);

/// <summary>How a threshold does on pairs it was not chosen on.</summary>
/// <param name="TrueMatches">Similar pairs that are accepted.</param>
/// <param name="FalseMatches">Dissimilar pairs that are accepted.</param>
/// <param name="TrueNonMatches">Dissimilar pairs that are rejected.</param>
/// <param name="FalseNonMatches">Similar pairs that are rejected.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Interval">The share decided rightly, each kind of pair counting half, with its 95 % interval, which takes whole classes at a time where it is known whose the pairs are.</param>
/// <param name="Protocol">What was done, in words.</param>
public readonly record struct VerificationAccuracy(
    long TrueMatches, long FalseMatches, long TrueNonMatches, long FalseNonMatches, VerificationThreshold Threshold, Estimate Interval, string Protocol)
{
    /// <summary>The share decided rightly, each kind of pair counting half; 0.5 by chance.</summary>
    public double Accuracy => 1 - ((FalseMatchRate + FalseNonMatchRate) / 2);

    /// <summary>The share of dissimilar pairs that are accepted (FMR).</summary>
    public double FalseMatchRate => (double)FalseMatches / (FalseMatches + TrueNonMatches);

    /// <summary>The share of similar pairs that are rejected (FNMR).</summary>
    public double FalseNonMatchRate => (double)FalseNonMatches / (FalseNonMatches + TrueMatches);

    /// <summary>The accuracy with its 95 % interval, and the protocol.</summary>
    public override string ToString() => $"{Interval}: {Protocol}";
}
