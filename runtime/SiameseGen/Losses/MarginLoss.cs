using System.Globalization;

namespace SiameseGen.Losses;

/// <summary>
/// The margin loss of a positive pair, max(0, D − β + m), and of a negative one, max(0, β − D + m): distances of positives are to be below a boundary β by a margin m, and those of
/// negatives above it (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017). β stays where it is set, or is learned: one for all pairs, or one for each class of anchors.
/// </summary>
/// <remarks>
/// Over all triplets of a batch, whose pairs they are: the mean over the pairs of triplets with a loss above 0. A positive pair therefore counts once for each negative of its anchor.
/// A learned β rises where more positives than negatives are on the wrong side of it, and falls where more negatives are. It is the only one of <see cref="LossWorkspace.Learned"/>, or the one at the class's number.
/// </remarks>
public sealed class MarginLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin m, above 0.</param>
    /// <param name="beta">The boundary β between positives and negatives, above 0, in units of the distance; where it starts when it is learned.</param>
    /// <param name="distance">The distance D.</param>
    /// <param name="learned">Whether β is learned.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for a learned β, 0 or above.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public MarginLoss(
        float margin = 0.2f, float beta = 1.2f, DistanceMetric distance = DistanceMetric.Euclidean, LearnedBoundary learned = LearnedBoundary.None, float learningRateFactor = 1f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(margin > 0f && float.IsFinite(margin)))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        if (!(beta > 0f && float.IsFinite(beta)))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "A boundary is above 0 and finite.");
        Beta = beta;
        if (!Enum.IsDefined(learned))
            throw new ArgumentOutOfRangeException(nameof(learned), learned, "There is no such way of learning.");
        if (!(learningRateFactor >= 0f && float.IsFinite(learningRateFactor)))
            throw new ArgumentOutOfRangeException(nameof(learningRateFactor), learningRateFactor, "A factor is 0 or above, and finite.");
        Distance = KnownFromZero(distance);
        Learned = learned;
        LearningRateFactor = learningRateFactor;
    }

    /// <summary>The margin m, above 0.</summary>
    public float Margin { get; }

    /// <summary>The boundary β between positives and negatives, above 0, in units of the distance; where it starts when it is learned.</summary>
    public float Beta { get; }

    /// <summary>Whether β is learned.</summary>
    public LearnedBoundary Learned { get; }

    /// <summary>What the learning rate is multiplied by for a learned β.</summary>
    public float LearningRateFactor { get; }

    /// <inheritdoc/>
    public override DistanceMetric Distance { get; }

    /// <inheritdoc/>
    public override string Name => "Margin";

    /// <inheritdoc/>
    public override bool LearnsWeights => Learned is not LearnedBoundary.None;

    /// <inheritdoc/>
    public override LossWeights? CreateWeights(int classes, int embeddingLength, int seed)
    {
        if (!LearnsWeights)
            return null;
        int own = Learned is LearnedBoundary.PerClass ? classes : 0, count = Math.Max(own, 1);
        string shape = own == 0 ? "one boundary" : string.Create(CultureInfo.InvariantCulture, $"boundaries of {own} classes");
        return new LossWeights(
            Name, shape, own, perClass: 0, embeddingLength, LearningRateFactor, seed,
            new ParameterTensor("loss.boundary", 0, [count], ParameterRole.Bias, Initializer.Constant, 1, 1) { InitialValue = Beta });
    }

    private protected override bool ScalesSlopes => true;

    private protected override double CandidatesOf(AnchorRows rows) => 2.0 * rows.CountPositives() * rows.CountNegatives();

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes;
        int positives = rows.CountPositives(), negatives = rows.CountNegatives();

        int boundary = Learned is LearnedBoundary.PerClass ? rows.Classes[rows.Anchor] : 0;
        float beta = LearnsWeights ? rows.Workspace.Learned!.Values[boundary] : Beta;
        double loss = 0, active = 0, slope = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            bool isPositive = rows.IsPositive(i);
            if (!isPositive && !rows.IsNegative(i))
                continue;
            float missing = Margin + (isPositive ? distances[i] - beta : beta - distances[i]);
            int triplets = isPositive ? negatives : positives;
            if (missing <= 0f || triplets == 0)
                continue;
            loss += (double)missing * triplets;
            active += triplets;
            slopes[i] += (isPositive ? triplets : -triplets) * rows.Scale;
            slope += isPositive ? -triplets : triplets;
        }

        if (LearnsWeights)
            rows.Workspace.Learned!.Gradients[boundary] += (float)slope * rows.Scale;

        return new AnchorLoss(loss, active, active, 2.0 * positives * negatives);
    }
}
