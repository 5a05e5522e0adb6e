using System.Security.Cryptography;
using System.Text;
using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Losses;
using SiameseGen.Persistence;

namespace SiameseGen.Verification;

/// <summary>
/// The similarity that a <see cref="WeightedL1Loss"/> has learned: the probability that two inputs are of one identity, p = σ(Σₖ αₖ·|aₖ − bₖ| + b) (Koch, Zemel and Salakhutdinov, 2015), for people, and −ln p
/// as a distance, for decisions. It is bound to the encoder's weights: once the encoder is trained any further, every call throws a <see cref="CalibrationException"/>. Any number of threads may use it.
/// </summary>
/// <remarks>
/// p is calibrated for as many similar as dissimilar pairs of what was trained on. Of classes that were not trained on it says too much: measure a threshold with <see cref="Calibrate(IExampleSet, CalibrationTarget, IExampleSet, double?, ScoreForm)"/>.
/// </remarks>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class WeightedL1Similarity<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly float[] _weights;
    private readonly KnownWeights _ofEncoder;

    /// <summary>Takes what training has learned.</summary>
    /// <param name="encoder">The encoder, as training has left it.</param>
    /// <param name="learned">What the loss has learned with it, <see cref="Training.Trainer{TEncoder}.LossWeights"/>.</param>
    /// <exception cref="ArgumentException">The weights are not those of a <see cref="WeightedL1Loss"/> of embeddings of this length, or not finite.</exception>
    public WeightedL1Similarity(TEncoder encoder, LossWeights learned)
        : this(encoder, Checked(learned))
    {
    }

    private WeightedL1Similarity(TEncoder encoder, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        _weights = weights;
        _ofEncoder = new KnownWeights(encoder.Parameters);
        Model = FingerprintOf(_ofEncoder.Fingerprint, weights);
    }

    /// <summary>The weights α of the differences, one for each value of an embedding.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _weights.Length - 1);

    /// <summary>The bias b.</summary>
    public float Bias => _weights[^1];

    /// <summary>
    /// What thresholds on its distances are bound to: SHA-256 of <see cref="ModelFingerprint"/> and of the learned weights, as 64 lower-case hexadecimal digits. It differs from the encoder's own, because thresholds
    /// on the encoder's distances mean nothing here.
    /// </summary>
    public string Model { get; }

    /// <summary>The probability that two embeddings are of one identity.</summary>
    /// <param name="left">An embedding.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ArgumentException">An embedding is not as long as the encoder's.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since.</exception>
    public SimilarityScore Between(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => new(LogSumExp.Sigmoid(Logit(left, right)));

    /// <summary>The distance of two embeddings, −ln p: 0 or more, and 0 where the two are of one identity for certain. It still tells apart where p is 1 or 0 to the last digit.</summary>
    /// <param name="left">An embedding.</param>
    /// <param name="right">Another.</param>
    /// <inheritdoc cref="Between" path="/exception"/>
    public Distance Distance(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => new(LogSumExp.Softplus(-Logit(left, right)));

    /// <summary>The probability that two inputs are of one identity.</summary>
    /// <param name="left">One input, as the encoder takes it.</param>
    /// <param name="right">The other.</param>
    /// <exception cref="ArgumentException">An input has the wrong length.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since.</exception>
    public SimilarityScore Compare(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        const int mostOnStack = 1024;
        int length = TEncoder.Info.EmbeddingLength;
        Span<float> both = length <= mostOnStack ? stackalloc float[2 * length] : new float[2 * length];
        _encoder.Embed(left, both[..length]);
        _encoder.Embed(right, both[length..]);
        return Between(both[..length], both[length..]);
    }

    /// <summary>Embeds examples, with this distance between them: for verification, one-shot runs and retrieval.</summary>
    /// <param name="examples">The examples.</param>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or an embedding is not finite.</exception>
    public EmbeddedExamples Embed(IExampleSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        EmbeddingMatrix embeddings = EmbeddedExamples.By(_encoder, examples).Embeddings;
        return EmbeddedExamples.ByDistance((left, right) => Distance(embeddings.Row(left), embeddings.Row(right)).Value, examples.Classes, examples.Groups);
    }

    /// <summary>Chooses a threshold for this distance on examples: on the pairs that <see cref="Calibration.Measure{TEncoder}(TEncoder, IExampleSet, CalibrationTarget, IExampleSet?, double?, ScoreForm)"/> takes.</summary>
    /// <param name="examples">Examples of classes that were never trained on.</param>
    /// <param name="target">What for.</param>
    /// <param name="training">The examples that the encoder was trained on, to make sure of it; null when they are not at hand.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Calibration.Of"/>.</param>
    /// <param name="score">The form of <see cref="Calibration.Score"/>, which takes the place of the probability that was learned: of new classes that says too much.</param>
    /// <returns>The threshold, for a <see cref="Verifier{TEncoder}"/> with this similarity.</returns>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, have no two of one class or are all of one, or have a class in common with <paramref name="training"/>.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it; or the encoder's weights have changed since.</exception>
    public Calibration Calibrate(
        IExampleSet examples, CalibrationTarget target, IExampleSet? training = null, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(target);
        if (training is not null)
            ClassSplit.EnsureNothingInCommon(training, examples, "calibration", nameof(examples));
        return Calibration.Of(Calibration.Pairs(Embed(examples), target), target, Model, unsureFalseNonMatchRate, score);
    }

    /// <summary>Chooses a threshold for this distance on the part of a split that is there for it, whose identities are in no other part.</summary>
    /// <param name="split">The split, on whose <see cref="IdentitySplit.Training"/> the encoder was trained; only its <see cref="IdentitySplit.Calibration"/> is looked at.</param>
    /// <param name="target">What for.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Calibration.Of"/>.</param>
    /// <param name="score">As for the other overload.</param>
    /// <returns>The threshold, for a <see cref="Verifier{TEncoder}"/> with this similarity.</returns>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or have no two of one class or are all of one.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it; or the encoder's weights have changed since.</exception>
    public Calibration Calibrate(IdentitySplit split, CalibrationTarget target, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Calibrate(split.Calibration, target, split.Training, unsureFalseNonMatchRate, score);
    }

    /// <summary>Writes the learned weights and what they are bound to to a file of JSON, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => WeightedL1File.Save(path, TEncoder.Info.Name, _ofEncoder.Fingerprint, _weights);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="encoder">The encoder whose similarity it was.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CalibrationException">The file is of other weights of the encoder.</exception>
    /// <exception cref="InvalidDataException">The file is no such similarity, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightedL1Similarity<TEncoder> Load(TEncoder encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        (string model, float[] weights) = WeightedL1File.Load(path, TEncoder.Info.EmbeddingLength + 1);
        string own = ModelFingerprint.Of(encoder.Parameters);
        return own == model
            ? new WeightedL1Similarity<TEncoder>(encoder, weights)
            : throw new CalibrationException(
                $"{path} is the similarity of the weights {model[..12]}…, and this {TEncoder.Info.Name} has the weights {own[..12]}…. Load the encoder's weights that it was learned with.");
    }

    private float Logit(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        EnsureSameWeights();
        if (left.Length != Weights.Length || right.Length != Weights.Length)
            throw new ArgumentException($"{TEncoder.Info.Name} makes embeddings of {Weights.Length} floats; these have {left.Length} and {right.Length}.", nameof(right));
        return WeightedDifferences.Sum(Weights, left, right) + Bias;
    }

    private void EnsureSameWeights()
    {
        if (!_ofEncoder.AreThere())
            throw new CalibrationException($"The weights of {TEncoder.Info.Name} have changed since this similarity was learned. Take the one of the last training.");
    }

    private static float[] Checked(LossWeights learned)
    {
        ArgumentNullException.ThrowIfNull(learned);
        int length = TEncoder.Info.EmbeddingLength;
        if (learned.Parts.FirstOrDefault(part => part.Loss == WeightedL1Loss.LossName) is not { } own || own.EmbeddingLength != length)
        {
            throw new ArgumentException(
                $"These are the weights of a {learned.Loss} loss of embeddings of {learned.EmbeddingLength} floats. Give those that the [WeightedL1Loss] of {TEncoder.Info.Name} has learned.", nameof(learned));
        }

        foreach (float value in own.Values)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"A learned weight is {value}.", nameof(learned));
        }

        return own.Values.ToArray();
    }

    private static string FingerprintOf(string ofEncoder, float[] weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"weighted L1 of {ofEncoder}"));
        hash.AppendData(WeightedL1File.Bytes(weights));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
