using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Losses;

namespace SiameseGen.Verification;

/// <summary>
/// The similarity that a <see cref="WeightedL1Loss"/> has learned: the probability that two inputs are of one identity, p = σ(Σₖ αₖ·|aₖ − bₖ| + b) (Koch, Zemel and Salakhutdinov, 2015), for people, and −ln p
/// as a distance, for decisions. It is bound to the encoder's weights: once the encoder is trained any further, every call throws a <see cref="CalibrationException"/>. Any number of threads may use it.
/// </summary>
/// <remarks>
/// p is calibrated for as many similar as dissimilar pairs of what was trained on. Of classes that were not trained on it says too much: measure a threshold with <see cref="TemplateDistance{TEncoder}.Calibrate(Data.IExampleSet, CalibrationTarget, Data.IExampleSet, double?, ScoreForm)"/>.
/// </remarks>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class WeightedL1Similarity<TEncoder> : TemplateDistance<TEncoder>
    where TEncoder : class, IEncoder
{
    private const string What = "learned similarity", Kind = "weightedL1";
    private readonly float[] _weights;

    /// <summary>Takes what training has learned.</summary>
    /// <param name="encoder">The encoder, as training has left it.</param>
    /// <param name="learned">What the loss has learned with it, <see cref="Training.Trainer{TEncoder}.LossWeights"/>.</param>
    /// <exception cref="ArgumentException">The weights are not those of a <see cref="WeightedL1Loss"/> of embeddings of this length, or not finite.</exception>
    public WeightedL1Similarity(TEncoder encoder, LossWeights learned)
        : this(encoder, Checked(learned))
    {
    }

    private WeightedL1Similarity(TEncoder encoder, float[] weights)
        : base(encoder, "weighted L1", weights) => _weights = weights;

    /// <summary>The weights α of the differences, one for each value of an embedding.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _weights.Length - 1);

    /// <summary>The bias b.</summary>
    public float Bias => _weights[^1];

    /// <summary>The probability that two embeddings are of one identity.</summary>
    /// <param name="left">An embedding.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ArgumentException">An embedding is not as long as the encoder's.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since.</exception>
    public SimilarityScore Between(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => new(LogSumExp.Sigmoid(Logit(left, right)));

    /// <summary>The distance of two embeddings, −ln p: 0 or more, and 0 where the two are of one identity for certain. It still tells apart where p is 1 or 0 to the last digit.</summary>
    /// <param name="template">An embedding.</param>
    /// <param name="query">Another; the two can change places.</param>
    /// <inheritdoc cref="Between" path="/exception"/>
    public override Distance Distance(ReadOnlySpan<float> template, ReadOnlySpan<float> query) => new(LogSumExp.Softplus(-Logit(template, query)));

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
        Encoder.Embed(left, both[..length]);
        Encoder.Embed(right, both[length..]);
        return Between(both[..length], both[length..]);
    }

    /// <summary>Writes the learned weights and what they are bound to to a file of JSON, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => BoundValuesFile.Save(path, Kind, TEncoder.Info.Name, EncoderFingerprint, _weights);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="encoder">The encoder whose similarity it was.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CalibrationException">The file is of other weights of the encoder.</exception>
    /// <exception cref="InvalidDataException">The file is no such similarity, or it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightedL1Similarity<TEncoder> Load(TEncoder encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        (_, string model, float[] weights) = BoundValuesFile.Load(path, What, Kind);
        if (weights.Length != TEncoder.Info.EmbeddingLength + 1)
            throw new InvalidDataException($"{path} has {weights.Length} weights; those of this encoder are {TEncoder.Info.EmbeddingLength + 1}.");
        EnsureBelongs(encoder, path, What, model);
        return new WeightedL1Similarity<TEncoder>(encoder, weights);
    }

    private float Logit(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        EnsureUsable(left, right);
        return WeightedDifferences.Sum(Weights, left, right) + Bias;
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
}
