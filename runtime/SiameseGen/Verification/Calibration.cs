using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// A threshold for one encoder's distances, with what it was chosen for, how often it errs on the data it was chosen on, and the score that people read. It is bound to the encoder's weights: after further training it has
/// to be made anew.
/// </summary>
public sealed record Calibration
{
    private const int MostExamplesOfAllPairs = 5000, LeastRandomPairs = 100_000, MostRandomPairs = 20_000_000;

    /// <summary>Inputs at most so far apart match.</summary>
    public required Distance Threshold { get; init; }

    /// <summary>Beyond this they do not match; between the two is the unsure band. The same as <see cref="Threshold"/> when there is none.</summary>
    public required Distance UnsureUntil { get; init; }

    /// <summary>What the threshold was chosen for, in words.</summary>
    public required string Target { get; init; }

    /// <summary>The share of strangers accepted by the threshold (FMR), with its 95 % interval.</summary>
    /// <remarks>
    /// Where it is known whose the pairs are, each end of the interval is the widest of three: of pairs taken for independent (Wilson, 1927), of drawings of whole identities with repetition (Bolle, Ratha and Pankanti, 2004), and of pairs of identities that err as
    /// wholes. Where it is not known, pairs are taken for independent, which is too narrow when they share people; <see cref="Protocol"/> says which.
    /// </remarks>
    public required Estimate FalseMatchRate { get; init; }

    /// <summary>The share of owners not accepted by the threshold (FNMR), with its 95 % interval, likewise.</summary>
    public required Estimate FalseNonMatchRate { get; init; }

    /// <summary>Pairs of strangers it was chosen on, each counted once.</summary>
    public required long ImpostorTrials { get; init; }

    /// <summary>Pairs of one identity it was chosen on, each counted once.</summary>
    public required long GenuineTrials { get; init; }

    /// <summary>How the pairs were chosen and how intervals are made, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>The score of a distance: a <see cref="LogisticScore"/> or an <see cref="IsotonicScore"/>.</summary>
    public required IDistanceScore Score { get; init; }

    /// <summary>What it is bound to: <see cref="ModelFingerprint"/> of the weights.</summary>
    public required string Model { get; init; }

    /// <summary>Chooses a threshold on pairs.</summary>
    /// <param name="scores">Distances of pairs of classes that were never trained on, each pair once: one that is given again counts as a trial without being one.</param>
    /// <param name="target">What for.</param>
    /// <param name="model">The <see cref="ModelFingerprint"/> of the weights that gave the distances.</param>
    /// <param name="unsureFalseNonMatchRate">
    /// When set, such as 0.01: inputs beyond the threshold are unsure, not rejected, up to the distance beyond which at most this share of owners lies. From 0 to 1.
    /// </param>
    /// <param name="score">The form of <see cref="Score"/>. It takes no part in decisions.</param>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unsureFalseNonMatchRate"/> is outside 0…1, or there is no such form.</exception>
    public static Calibration Of(PairScores scores, CalibrationTarget target, string model, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (unsureFalseNonMatchRate is { } rate && !(rate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(unsureFalseNonMatchRate), rate, "A rate is between 0 and 1.");
        var rates = new ErrorRates(scores);
        float threshold = target.Choose(scores, rates), until = unsureFalseNonMatchRate is { } share ? Math.Max(threshold, Reaching(scores, share)) : threshold;
        (Estimate falseMatch, Estimate falseNonMatch) = rates.At(threshold);
        return new Calibration
        {
            Threshold = new Distance(threshold),
            UnsureUntil = new Distance(until),
            Target = target.Words,
            FalseMatchRate = falseMatch,
            FalseNonMatchRate = falseNonMatch,
            ImpostorTrials = scores.DissimilarPairs,
            GenuineTrials = scores.SimilarPairs,
            Protocol = $"{scores.Protocol}; {rates.Words}",
            Score = score switch
            {
                ScoreForm.Logistic => LogisticScore.Fit(scores),
                ScoreForm.Isotonic => IsotonicScore.Fit(scores),
                _ => throw new ArgumentOutOfRangeException(nameof(score), score, "There is no such form."),
            },
            Model = model,
        };
    }

    /// <summary>Chooses a threshold for an encoder on examples: on all pairs of up to 5,000 examples. Of more, as many of each class are taken as make 5,000, and of more than 2,500 classes random pairs of each kind, none of them twice: 100,000, or as many as the target takes, or all there are.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="examples">Examples of classes that were never trained on.</param>
    /// <param name="target">What for.</param>
    /// <param name="training">The examples that the encoder was trained on, to make sure of it; null when they are not at hand.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Of"/>.</param>
    /// <param name="score">As for <see cref="Of"/>.</param>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, have no two of one class or are all of one, or have a class in common with <paramref name="training"/>.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it.</exception>
    public static Calibration Measure<TEncoder>(
        TEncoder encoder, IExampleSet examples, CalibrationTarget target, IExampleSet? training = null, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(target);
        if (training is not null)
            ClassSplit.EnsureNothingInCommon(training, examples, "calibration", nameof(examples));
        return Of(Pairs(EmbeddedExamples.By(encoder, examples), target), target, ModelFingerprint.Of(encoder.Parameters), unsureFalseNonMatchRate, score);
    }

    /// <summary>The pairs that a threshold is chosen on: all of them; of many examples all of a few of each class, so that every two classes are compared; of very many classes as many at random as the target takes.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="target">What for.</param>
    internal static PairScores Pairs(EmbeddedExamples examples, CalibrationTarget target)
    {
        if (examples.Count <= MostExamplesOfAllPairs)
            return PairVerification.AllPairs(examples);
        int[] sizes = [.. examples.Classes.ToArray().CountBy(number => number).Select(size => size.Value)];
        int most = 2;
        while (sizes.Sum(size => (long)Math.Min(size, most + 1)) <= MostExamplesOfAllPairs)
            most++;
        return sizes.Sum(size => (long)Math.Min(size, most)) <= MostExamplesOfAllPairs
            ? PairVerification.AllPairs(examples, most)
            : PairVerification.RandomPairs(examples, (int)Math.Clamp(target.TrialsWanted, LeastRandomPairs, MostRandomPairs), seed: 1);
    }

    // The smallest distance beyond which at most a share of owners lies; where any may lie beyond it, less than every distance.
    private static float Reaching(PairScores scores, double share)
    {
        long beyond = (long)Math.Floor(scores.SimilarPairs * share);
        for (int i = scores.Distances.Count - 1; i >= 0; i--)
        {
            beyond -= scores.Distances[i].Similar;
            if (beyond < 0)
                return scores.Distances[i].Most;
        }

        return float.NegativeInfinity;
    }

    /// <summary>Chooses a threshold for an encoder on the part of a split that is there for it, whose identities are in no other part.</summary>
    /// <param name="encoder">The encoder, trained on the split's <see cref="IdentitySplit.Training"/>.</param>
    /// <param name="split">The split; only its <see cref="IdentitySplit.Calibration"/> is looked at.</param>
    /// <param name="target">What for.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Of"/>.</param>
    /// <param name="score">As for <see cref="Of"/>.</param>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or have no two of one class or are all of one.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it.</exception>
    public static Calibration Measure<TEncoder>(
        TEncoder encoder, IdentitySplit split, CalibrationTarget target, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(split);
        return Measure(encoder, split.Calibration, target, split.Training, unsureFalseNonMatchRate, score);
    }

    /// <summary>Writes the calibration to a file of JSON, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => VerifierFile.Save(path, "", this, templates: null);

    /// <summary>Reads a calibration from its file, or from that of a verifier.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no calibration, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Calibration Load(string path) => VerifierFile.Load(path, templateLength: null).Calibration;

    /// <summary>What a distance means.</summary>
    /// <param name="distance">The distance of two inputs.</param>
    public Verdict Decide(Distance distance) => distance <= Threshold ? Verdict.Match : distance <= UnsureUntil ? Verdict.Unsure : Verdict.NoMatch;
}

/// <summary>What verification says of two inputs.</summary>
public enum Verdict
{
    /// <summary>They are of different identities.</summary>
    NoMatch,

    /// <summary>They are of one identity.</summary>
    Match,

    /// <summary>They lie in the band between the two: ask for another input, or a person.</summary>
    Unsure,

    /// <summary>They were not compared: an <see cref="IPresentationAttackDetector{T}"/> took the input for a photograph, a mask or a recording.</summary>
    PresentationAttack,
}
