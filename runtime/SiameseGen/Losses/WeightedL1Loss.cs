using System.Globalization;
using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// The cross entropy of a learned similarity: the probability that two inputs are similar is p = σ(Σₖ αₖ·|aₖ − bₖ| + b), with the weights α and the bias b learned, and the loss is
/// −(1 − Y)·ln p − Y·ln(1 − p) with Y = 0 for a similar and Y = 1 for a dissimilar pair (Koch, Zemel and Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition", 2015).
/// </summary>
/// <remarks>
/// Over a batch of pairs it is the mean over the pairs. Over a batch of classes every two items form a pair, and it is half the mean over the similar pairs plus half that over the dissimilar
/// ones. <see cref="LossWeights.Values"/> are α, then b; α starts at −1/√n, b at 1. Use them after training by <see cref="Verification.WeightedL1Similarity{TEncoder}"/>. Without them embeddings
/// are compared by their Manhattan distance.
/// </remarks>
public sealed class WeightedL1Loss : EmbeddingLoss
{
    internal const string LossName = "Weighted L1";

    /// <summary>Makes a loss.</summary>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for α and b, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRateFactor"/> is outside its range.</exception>
    public WeightedL1Loss(float learningRateFactor = 1f)
    {
        if (!(learningRateFactor >= 0f && float.IsFinite(learningRateFactor)))
            throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "A factor is 0 or above, and finite.");
        LearningRateFactor = learningRateFactor;
    }

    /// <summary>What the learning rate is multiplied by for α and b.</summary>
    public float LearningRateFactor { get; }

    /// <inheritdoc/>
    public override string Name => LossName;

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Manhattan;

    /// <inheritdoc/>
    public override bool LearnsWeights => true;

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Pairs or BatchStructure.Classes;

    /// <inheritdoc/>
    public override LossWeights CreateWeights(int classes, int embeddingLength, int seed) => new(
        Name, string.Create(CultureInfo.InvariantCulture, $"weights of {embeddingLength} differences and a bias"), classes: 0, perClass: 0, embeddingLength, LearningRateFactor, seed,
        new ParameterTensor("loss.weight", 0, [embeddingLength], ParameterRole.Weight, Initializer.Constant, embeddingLength, 1) { InitialValue = -1f / MathF.Sqrt(embeddingLength) },
        new ParameterTensor("loss.bias", embeddingLength, [1], ParameterRole.Bias, Initializer.Constant, embeddingLength, 1) { InitialValue = 1f });

    /// <summary>The loss of one pair.</summary>
    /// <param name="logit">Σₖ αₖ·|aₖ − bₖ| + b.</param>
    /// <param name="label">Whether the two are similar.</param>
    public static float Value(float logit, PairLabel label) => LogSumExp.Softplus(label is PairLabel.Similar ? -logit : logit);

    /// <inheritdoc/>
    /// <remarks>The gradients of α and b are in <see cref="LossWeights.Gradients"/>, overwritten. Kinds of pairs that the batch does not have contribute 0.</remarks>
    /// <exception cref="InvalidOperationException">The workspace has no learned weights.</exception>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        LossWeights learned = LossWeights.Required(this, workspace, batch, perClass: 0);
        gradients.Clear();
        learned.Gradients.Clear();
        var pairs = new Pairs(embeddings, gradients, learned);
        return batch.Structure is BatchStructure.Pairs ? EvaluatePairs(batch, pairs) : EvaluateClasses(batch.Classes, pairs);
    }

    private static LossResult EvaluatePairs(Batch batch, Pairs pairs)
    {
        ReadOnlySpan<PairLabel> labels = batch.PairLabels;
        if (batch.Count != 2 * labels.Length)
            throw new ArgumentException($"A batch of pairs has an even number of items; this one has {batch.Count}.", nameof(batch));
        Tally similar = default, dissimilar = default;
        for (int pair = 0; pair < labels.Length; pair++)
            pairs.Add(pair, pair + labels.Length, labels[pair], 1f / labels.Length, ref labels[pair] is PairLabel.Similar ? ref similar : ref dissimilar);
        return Result(similar, dissimilar);
    }

    private static LossResult EvaluateClasses(ReadOnlySpan<int> classes, Pairs pairs)
    {
        long near = 0, every = (long)classes.Length * (classes.Length - 1) / 2;
        for (int i = 0; i < classes.Length; i++)
        {
            for (int j = 0; j < i; j++)
                near += classes[i] == classes[j] ? 1 : 0;
        }

        float ofSimilar = near == 0 ? 0f : 0.5f / near, ofDissimilar = near == every ? 0f : 0.5f / (every - near);
        Tally similar = default, dissimilar = default;
        for (int i = 0; i < classes.Length; i++)
        {
            for (int j = i + 1; j < classes.Length; j++)
            {
                if (classes[i] == classes[j])
                    pairs.Add(i, j, PairLabel.Similar, ofSimilar, ref similar);
                else
                    pairs.Add(i, j, PairLabel.Dissimilar, ofDissimilar, ref dissimilar);
            }
        }

        return Result(similar, dissimilar);
    }

    private static LossResult Result(in Tally similar, in Tally dissimilar)
    {
        long pairs = similar.Pairs + dissimilar.Pairs;
        float active = pairs == 0 ? 0f : (float)((double)(similar.Active + dissimilar.Active) / pairs);
        return new LossResult((float)(similar.Loss + dissimilar.Loss), active, similar.MeanDistance, dissimilar.MeanDistance);
    }

    private readonly ref struct Pairs(ReadOnlySpan<float> embeddings, Span<float> gradients, LossWeights learned)
    {
        private readonly ReadOnlySpan<float> _embeddings = embeddings;
        private readonly Span<float> _gradients = gradients;
        private readonly int _length = learned.EmbeddingLength;
        private readonly ReadOnlySpan<float> _values = learned.Values;
        private readonly Span<float> _learnedGradients = learned.Gradients;

        public void Add(int left, int right, PairLabel label, float share, ref Tally tally)
        {
            ReadOnlySpan<float> a = _embeddings.Slice(left * _length, _length), b = _embeddings.Slice(right * _length, _length), weights = _values[.._length];
            float logit = WeightedDifferences.Sum(weights, a, b) + _values[_length], value = Value(logit, label);
            tally.Add(Distances.Between(DistanceMetric.Manhattan, a, b), value, share);
            float slope = share * (label is PairLabel.Similar ? -LogSumExp.Sigmoid(-logit) : LogSumExp.Sigmoid(logit));
            WeightedDifferences.AddGradient(slope, weights, a, b, _gradients.Slice(left * _length, _length), _gradients.Slice(right * _length, _length), _learnedGradients[.._length]);
            _learnedGradients[_length] += slope;
        }
    }

    private struct Tally
    {
        private double _distance;

        public long Pairs { get; private set; }

        public long Active { get; private set; }

        public double Loss { get; private set; }

        public readonly float MeanDistance => Pairs == 0 ? 0f : (float)(_distance / Pairs);

        public void Add(float distance, float loss, float share)
        {
            Pairs++;
            Active += loss > 0f ? 1 : 0;
            Loss += (double)loss * share;
            _distance += distance;
        }
    }
}
