using System.Security.Cryptography;
using System.Text;
using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// What templates are compared by in place of the encoder's own distance: a similarity that was learned (<see cref="WeightedL1Similarity{TEncoder}"/>), or distances relative to strangers (<see cref="NormalizedDistance{TEncoder}"/>). It is bound to the
/// encoder's weights: once the encoder is trained any further, distances throw a <see cref="CalibrationException"/>. Any number of threads may use it.
/// </summary>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public abstract class TemplateDistance<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly KnownWeights _weights;

    private protected TemplateDistance(TEncoder encoder, string kind, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        Encoder = encoder;
        _weights = new KnownWeights(encoder.Parameters);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind} of {_weights.Fingerprint}"));
        hash.AppendData(BoundValuesFile.Bytes(values));
        Model = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// What thresholds on these distances are bound to: SHA-256 of <see cref="ModelFingerprint"/> and of all that the distance is made of, as 64 lower-case hexadecimal digits. It differs from the encoder's own, because thresholds on the
    /// encoder's distances mean nothing here.
    /// </summary>
    public string Model { get; }

    /// <summary>Floats of one template: those of an embedding, unless more is kept of it.</summary>
    public virtual int TemplateLength => TEncoder.Info.EmbeddingLength;

    private protected TEncoder Encoder { get; }

    /// <summary>What it is, in messages.</summary>
    internal string Name => GetType().Name.Split('`')[0];

    internal string EncoderFingerprint => _weights.Fingerprint;

    /// <summary>Makes the template of an embedding, which is all that distances to it are computed from.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="template">Receives the template.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or distances that are kept of the embedding are not finite.</exception>
    public virtual void MakeTemplate(ReadOnlySpan<float> embedding, Span<float> template)
    {
        if (embedding.Length != TEncoder.Info.EmbeddingLength || template.Length != TemplateLength)
            throw new ArgumentException($"{TEncoder.Info.Name} makes embeddings of {TEncoder.Info.EmbeddingLength} floats, and templates have {TemplateLength}; these have {embedding.Length} and {template.Length}.", nameof(template));
        embedding.CopyTo(template);
    }

    /// <summary>The distance of two templates: smaller for more similar ones.</summary>
    /// <param name="template">The template that is enrolled.</param>
    /// <param name="query">The one that is tested.</param>
    /// <exception cref="ArgumentException">A template has the wrong length.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since.</exception>
    public abstract Distance Distance(ReadOnlySpan<float> template, ReadOnlySpan<float> query);

    /// <summary>Embeds examples, with this distance between them: for verification, one-shot runs and retrieval.</summary>
    /// <param name="examples">The examples.</param>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or an embedding is not finite.</exception>
    public EmbeddedExamples Embed(IExampleSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        EmbeddingMatrix embeddings = EmbeddedExamples.By(Encoder, examples).Embeddings, templates = new(embeddings.Count, TemplateLength);
        for (int row = 0; row < embeddings.Count; row++)
            MakeTemplate(embeddings.Row(row), templates.Row(row));
        return EmbeddedExamples.BySharedDistance((left, right) => Distance(templates.Row(left), templates.Row(right)).Value, examples.Classes, examples.Groups);
    }

    /// <summary>Chooses a threshold for this distance on examples: on the pairs that <see cref="Calibration.Measure{TEncoder}(TEncoder, IExampleSet, CalibrationTarget, IExampleSet?, double?, ScoreForm)"/> takes.</summary>
    /// <param name="examples">Examples of classes that were never trained on.</param>
    /// <param name="target">What for.</param>
    /// <param name="training">The examples that the encoder was trained on, to make sure of it; null when they are not at hand.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Calibration.Of"/>.</param>
    /// <param name="score">The form of <see cref="Calibration.Score"/>; it takes the place of a probability that was learned, which of new classes says too much.</param>
    /// <returns>The threshold, for a <see cref="Verifier{TEncoder}"/> with this distance.</returns>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, have no two of one class or are all of one, or have a class in common with <paramref name="training"/> or with a cohort that the distance was made with.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it; or the encoder's weights have changed since.</exception>
    public Calibration Calibrate(
        IExampleSet examples, CalibrationTarget target, IExampleSet? training = null, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(target);
        if (training is not null)
            ClassSplit.EnsureNothingInCommon(training, examples, "calibration", nameof(examples));
        EnsureFitToCalibrate(examples, nameof(examples));
        return Calibration.Of(Calibration.Pairs(Embed(examples), target), target, Model, unsureFalseNonMatchRate, score);
    }

    /// <summary>Chooses a threshold for this distance on the part of a split that is there for it, whose identities are in no other part.</summary>
    /// <param name="split">The split, on whose <see cref="IdentitySplit.Training"/> the encoder was trained; only its <see cref="IdentitySplit.Calibration"/> is looked at.</param>
    /// <param name="target">What for.</param>
    /// <param name="unsureFalseNonMatchRate">As for <see cref="Calibration.Of"/>.</param>
    /// <param name="score">As for the other overload.</param>
    /// <returns>The threshold, for a <see cref="Verifier{TEncoder}"/> with this distance.</returns>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or have no two of one class or are all of one.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it; or the encoder's weights have changed since.</exception>
    public Calibration Calibrate(IdentitySplit split, CalibrationTarget target, double? unsureFalseNonMatchRate = null, ScoreForm score = ScoreForm.Logistic)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Calibrate(split.Calibration, target, split.Training, unsureFalseNonMatchRate, score);
    }

    /// <summary>Throws when the distance itself is made of examples that it is to be calibrated on.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    private protected virtual void EnsureFitToCalibrate(IExampleSet examples, string parameter)
    {
    }

    /// <summary>Throws when a file is of other weights of the encoder than those that are there.</summary>
    private protected static void EnsureBelongs(TEncoder encoder, string path, string what, string model)
    {
        string own = ModelFingerprint.Of(encoder.Parameters);
        if (own != model)
            throw new CalibrationException($"{path} is a {what} of the weights {model[..12]}…, and this {TEncoder.Info.Name} has the weights {own[..12]}…. Load the encoder's weights that it was made with.");
    }

    private protected void EnsureUsable(ReadOnlySpan<float> template, ReadOnlySpan<float> query)
    {
        if (!_weights.AreThere())
            throw new CalibrationException($"The weights of {TEncoder.Info.Name} have changed since this {Name} was made. Make it anew, with what the last training has left.");
        if (template.Length != TemplateLength || query.Length != TemplateLength)
            throw new ArgumentException($"Templates of {TEncoder.Info.Name} have {TemplateLength} floats; these have {template.Length} and {query.Length}.", nameof(query));
    }
}
