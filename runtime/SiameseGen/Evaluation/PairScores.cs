using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>The distances of similar and of dissimilar pairs, and what they say about telling the two apart.</summary>
/// <remarks>A pair is accepted as similar when its distance is at most the threshold.</remarks>
public sealed class PairScores
{
    private readonly float[] _similar;
    private readonly float[] _dissimilar;
    private readonly PairSubjects? _subjects;

    /// <summary>Takes distances, each pair's once: one that is given again counts as a trial without being one.</summary>
    /// <param name="similar">Of pairs of one class.</param>
    /// <param name="dissimilar">Of pairs of two classes.</param>
    /// <param name="protocol">How the pairs were chosen, in words.</param>
    /// <exception cref="ArgumentException">There are none of one kind, or a distance is not a finite number.</exception>
    public PairScores(ReadOnlySpan<float> similar, ReadOnlySpan<float> dissimilar, string protocol = "given pairs")
    {
        ArgumentException.ThrowIfNullOrEmpty(protocol);
        _similar = Sorted(similar, nameof(similar));
        _dissimilar = Sorted(dissimilar, nameof(dissimilar));
        Protocol = protocol;
        Roc = RocCurve.Of(_similar, _dissimilar);
    }

    private PairScores(float[] similar, float[] dissimilar, PairSubjects subjects, string protocol)
    {
        _similar = similar;
        _dissimilar = dissimilar;
        _subjects = subjects;
        Protocol = protocol;
        Roc = RocCurve.Of(_similar, _dissimilar);
    }

    /// <summary>Takes distances with the classes of both halves of each pair, each pair's once, so that intervals can take whole classes at a time (<see cref="VerificationReport"/>).</summary>
    /// <param name="distances">The distance of each pair.</param>
    /// <param name="left">The class, person or product of the first half of each pair.</param>
    /// <param name="right">The same of the second half; the pair is similar where the two are equal.</param>
    /// <param name="protocol">How the pairs were chosen, in words.</param>
    /// <exception cref="ArgumentException">The numbers of distances and classes differ, there are no pairs of one kind, or a distance is not a finite number.</exception>
    public static PairScores OfSubjects(ReadOnlySpan<float> distances, ReadOnlySpan<int> left, ReadOnlySpan<int> right, string protocol = "given pairs")
    {
        ArgumentException.ThrowIfNullOrEmpty(protocol);
        if (left.Length != distances.Length || right.Length != distances.Length)
            throw new ArgumentException($"There are {distances.Length} distances, and classes for {left.Length} and {right.Length} halves.", nameof(left));
        Dictionary<int, int> numbers = [];
        int alike = 0;
        for (int i = 0; i < left.Length; i++)
        {
            numbers.TryAdd(left[i], numbers.Count);
            numbers.TryAdd(right[i], numbers.Count);
            alike += left[i] == right[i] ? 1 : 0;
        }

        float[] similar = new float[alike], dissimilar = new float[left.Length - alike];
        int[] ofSimilar = new int[similar.Length];
        var ofDissimilar = new (int Left, int Right)[dissimilar.Length];
        for (int i = 0, near = 0, far = 0; i < left.Length; i++)
        {
            if (left[i] == right[i])
                (similar[near], ofSimilar[near++]) = (distances[i], numbers[left[i]]);
            else
                (dissimilar[far], ofDissimilar[far++]) = (distances[i], (numbers[left[i]], numbers[right[i]]));
        }

        EnsureUsable(similar, nameof(distances));
        EnsureUsable(dissimilar, nameof(distances));
        Array.Sort(similar, ofSimilar);
        Array.Sort(dissimilar, ofDissimilar);
        return new PairScores(similar, dissimilar, new PairSubjects(numbers.Count, ofSimilar, ofDissimilar), protocol);
    }

    /// <summary>The same pairs, chosen as other words say.</summary>
    /// <param name="protocol">The words.</param>
    internal PairScores WithProtocol(string protocol) => new(_similar, _dissimilar, _subjects!, protocol);

    /// <summary>How the pairs were chosen.</summary>
    public string Protocol { get; }

    /// <summary>Whose the pairs are; null where that is not known.</summary>
    internal PairSubjects? Subjects => _subjects;

    /// <summary>Classes that have similar pairs; null where it is not known whose the pairs are.</summary>
    internal int? SubjectsOfSimilar => _subjects?.OfSimilar.Distinct().Count();

    /// <summary>Distances of similar pairs, ascending.</summary>
    public ReadOnlySpan<float> Similar => _similar;

    /// <summary>Distances of dissimilar pairs, ascending.</summary>
    public ReadOnlySpan<float> Dissimilar => _dissimilar;

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
        float next = Roc.Points.Count > 1 ? Roc.Points[1].Threshold : best.Threshold;
        for (int i = 1; i < Roc.Points.Count; i++)
        {
            RocPoint point = Roc.Points[i];
            if (point.FalseMatchRate + point.FalseNonMatchRate >= best.FalseMatchRate + best.FalseNonMatchRate)
                continue;
            best = point;
            next = i + 1 < Roc.Points.Count ? Roc.Points[i + 1].Threshold : point.Threshold;
        }

        // Below the next distance in any case: the half may round up to it, and at best nothing may be accepted at all.
        float value = float.IsFinite(best.Threshold) ? best.Threshold + ((next - best.Threshold) / 2f) : MathF.BitDecrement(next);
        if (value >= next)
            value = best.Threshold;
        return new VerificationThreshold(new Distance(value), this);
    }

    /// <summary>The share of pairs that a threshold chosen on other pairs decides rightly, each kind counting half.</summary>
    /// <param name="threshold">From the <see cref="ChooseThreshold"/> of other scores.</param>
    /// <exception cref="ArgumentException">The threshold was chosen on these very pairs: its accuracy on them says nothing about new ones.</exception>
    public VerificationAccuracy AccuracyAt(VerificationThreshold threshold)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        if (ReferenceEquals(threshold.ChosenOn, this))
        {
            throw new ArgumentException(
                "The threshold was chosen on these very pairs, so its accuracy on them would say nothing about new ones. Choose it on pairs of other classes.",
                nameof(threshold));
        }

        int matches = RocCurve.CountUpTo(_similar, threshold.Value.Value), falseMatches = RocCurve.CountUpTo(_dissimilar, threshold.Value.Value);
        string words = string.Create(
            CultureInfo.InvariantCulture,
            $"verification at a threshold, {Protocol}; threshold {threshold.Value.Value:G4} {(threshold.ChosenOn is { } other ? $"chosen on {other.Protocol}" : "set by hand")}; each kind of pair counts half; 95 % interval by {AccuracyInterval.Words(_subjects)}");
        return new VerificationAccuracy(
            matches, falseMatches, _dissimilar.Length - falseMatches, _similar.Length - matches, threshold, AccuracyInterval.Of(matches, _similar.Length, falseMatches, _dissimilar.Length, _subjects), words);
    }

    /// <summary>Draws classes, or pairs where these are not known, for intervals.</summary>
    internal PairBootstrap Bootstrap() => new(_similar, _dissimilar, _subjects);

    private static float[] Sorted(ReadOnlySpan<float> distances, string parameter)
    {
        EnsureUsable(distances, parameter);
        float[] sorted = distances.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static void EnsureUsable(ReadOnlySpan<float> distances, string parameter)
    {
        if (distances.IsEmpty)
            throw new ArgumentException("Verification needs a similar and a dissimilar pair at least.", parameter);
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
    int TrueMatches, int FalseMatches, int TrueNonMatches, int FalseNonMatches, VerificationThreshold Threshold, Estimate Interval, string Protocol)
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
