using SiameseGen.Mining;
using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// The contrastive loss of a pair, (1 − Y)·D² + Y·max(0, m − D)² with Y = 0 for a similar and Y = 1 for a dissimilar pair: similar pairs
/// are pulled together, dissimilar ones are pushed apart until they are a margin m away (Hadsell, Chopra and LeCun, 2006, without their ½).
/// </summary>
/// <remarks>
/// Over a batch of pairs it is the mean over the pairs. Over a batch of classes every two items form a pair, and it is the mean over the
/// similar pairs plus the mean over the dissimilar ones, each for itself, because the dissimilar ones outnumber the others. With <see cref="DistanceMetric.SignalToNoise"/>, which differs there and back, each of the two is the anchor once.
/// </remarks>
public sealed class ContrastiveLoss : EmbeddingLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">How far apart dissimilar pairs have to be, in units of the distance; above 0.</param>
    /// <param name="distance">The distance D.</param>
    /// <param name="squared">Whether both terms are squared, as in the paper; without, they are D and max(0, m − D), which a few outliers rule less.</param>
    /// <param name="reduction">How the pairs' losses become one: in a batch of classes those of similar and of dissimilar pairs apart, whose results are added.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is not a positive number, or there is no such
    /// <paramref name="distance"/> or <paramref name="reduction"/>.</exception>
    public ContrastiveLoss(float margin = 1f, DistanceMetric distance = DistanceMetric.Euclidean, bool squared = true, LossReduction reduction = LossReduction.Default)
    {
        if (!Enum.IsDefined(reduction))
            throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "There is no such reduction.");
        Reduction = reduction;
        Squared = squared;
        if (!(margin > 0f) || float.IsInfinity(margin))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        Distance = KnownFromZero(distance);
    }

    /// <summary>How far apart dissimilar pairs have to be.</summary>
    public float Margin { get; }

    /// <summary>Whether both terms are squared.</summary>
    public bool Squared { get; }

    /// <summary>How the pairs' losses become one.</summary>
    public LossReduction Reduction { get; }

    /// <inheritdoc/>
    public override string Name => "Contrastive";

    /// <inheritdoc/>
    public override DistanceMetric Distance { get; }

    /// <summary>The loss of one pair.</summary>
    /// <param name="distance">The distance D between the two embeddings.</param>
    /// <param name="label">Whether the two are similar.</param>
    public float Value(float distance, PairLabel label)
    {
        if (label is PairLabel.Similar)
            return Squared ? distance * distance : distance;
        float missing = Margin - distance;
        return missing <= 0f ? 0f : Squared ? missing * missing : missing; // in this form a distance that is not a number shows in the loss
    }

    /// <inheritdoc/>
    public override bool AcceptsMiner => true;

    /// <inheritdoc/>
    public override bool AcceptsMemory => CrossBatchMatrix.Has(Distance);

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Pairs or BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>A loss of 0 has a gradient of 0. Kinds of pairs that the batch does not have contribute 0.</remarks>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        return batch.Structure is BatchStructure.Pairs
            ? EvaluatePairs(batch, embeddings, gradients, workspace.EmbeddingLength)
            : EvaluateClasses(batch, embeddings, gradients, workspace);
    }

    private LossResult EvaluatePairs(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, int length)
    {
        ReadOnlySpan<PairLabel> labels = batch.PairLabels;
        if (batch.Count != 2 * labels.Length)
            throw new ArgumentException($"A batch of pairs has an even number of items; this one has {batch.Count}.", nameof(batch));
        gradients.Clear();
        float share = 1f / Divisor(labels, embeddings, length);
        PairTally similar = default, dissimilar = default;
        for (int pair = 0; pair < labels.Length; pair++)
        {
            int left = pair * length, right = (pair + labels.Length) * length;
            ReadOnlySpan<float> a = embeddings.Slice(left, length), b = embeddings.Slice(right, length);
            float distance = Distances.Between(Distance, a, b);
            if (labels[pair] is PairLabel.Similar)
                similar.Add(distance, Value(distance, PairLabel.Similar));
            else
                dissimilar.Add(distance, Value(distance, PairLabel.Dissimilar));
            float slope = Slope(distance, labels[pair]) * share;
            if (slope != 0f)
            {
                Distances.Gradient(Distance, a, b, distance, slope, gradients.Slice(left, length));
                Distances.GradientOfSecond(Distance, a, b, distance, slope, gradients.Slice(right, length));
            }
        }

        return Result(labels.Length == 0 ? 0 : (similar.Loss + dissimilar.Loss) * share, similar, dissimilar);
    }

    // What the sum over pairs is divided by; each is an anchor's only one.
    private float Divisor(ReadOnlySpan<PairLabel> labels, ReadOnlySpan<float> embeddings, int length)
    {
        if (Reduction is LossReduction.Sum)
            return 1f;
        if (Reduction is not LossReduction.MeanOfActive)
            return labels.Length;
        int active = 0;
        for (int pair = 0; pair < labels.Length; pair++)
        {
            float distance = Distances.Between(Distance, embeddings.Slice(pair * length, length), embeddings.Slice((pair + labels.Length) * length, length));
            active += Value(distance, labels[pair]) == 0f ? 0 : 1;
        }

        return Math.Max(active, 1);
    }

    private LossResult EvaluateClasses(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        // What is remembered comes after the batch, in columns of its own.
        int count = batch.Count;
        bool joins = AcceptsMemory && workspace.HasMemory;
        ReadOnlySpan<int> classes = joins ? workspace.Join(batch.Classes) : batch.Classes;
        if (joins)
            CrossBatchMatrix.Forward(Distance, count, embeddings, workspace);
        else
            DistanceMatrix.Forward(Distance, count, embeddings, workspace);
        if (workspace.Miner is not null && PairwiseLoss.MeansOf(classes, workspace.Distances, count) is var (near, far) && !float.IsFinite(near + far))
        {
            // As with the losses of triplets: a miner would hide what is not a number.
            gradients.Fill(float.NaN);
            return new LossResult(float.NaN, 0f, near, far);
        }

        if (Reduction is LossReduction.MeanOfAnchors)
            return EvaluateAnchors(count, classes, embeddings, gradients, workspace);
        PairTally similar = default, dissimilar = default;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> distances = workspace.Distances.AsSpan(i * classes.Length, classes.Length);
            ReadOnlySpan<byte> roles = workspace.Miner is { } miner ? MinedRoles.Of(miner, classes, i, workspace) : default;
            Span<float> slopes = workspace.DistanceGradients.AsSpan(i * classes.Length, classes.Length);

            // Each pair once, but for a distance that differs there and back; a miner may choose it for one of its items only, so that both are asked.
            for (int j = roles.IsEmpty && Distance is not DistanceMetric.SignalToNoise ? i + 1 : 0; j < classes.Length; j++)
            {
                if (j == i || (!roles.IsEmpty && roles[j] == MinedRoles.None))
                    continue;
                PairLabel label = classes[i] == classes[j] ? PairLabel.Similar : PairLabel.Dissimilar;
                if (label is PairLabel.Similar)
                    similar.Add(distances[j], Value(distances[j], label));
                else
                    dissimilar.Add(distances[j], Value(distances[j], label));
                slopes[j] = Slope(distances[j], label);
            }
        }

        // So far the slopes are those of the sums; now they become those of the means.
        float ofSimilar = similar.Share(Reduction), ofDissimilar = dissimilar.Share(Reduction);
        for (int i = 0; i < count; i++)
            Scale(workspace.DistanceGradients.AsSpan(i * classes.Length, classes.Length), classes, i, ofSimilar, ofDissimilar);
        Backward(count, classes.Length, embeddings, gradients, workspace);
        return Result((similar.Loss * ofSimilar) + (dissimilar.Loss * ofDissimilar), similar, dissimilar);
    }

    // Every item is an anchor: the mean over those with a similar pair of the mean over theirs, plus the same of dissimilar ones.
    private LossResult EvaluateAnchors(int count, ReadOnlySpan<int> classes, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int withSimilar = 0, withDissimilar = 0;
        PairTally similar = default, dissimilar = default;
        double near = 0, far = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> distances = workspace.Distances.AsSpan(i * classes.Length, classes.Length);
            ReadOnlySpan<byte> roles = workspace.Miner is { } miner ? MinedRoles.Of(miner, classes, i, workspace) : default;
            Span<float> slopes = workspace.DistanceGradients.AsSpan(i * classes.Length, classes.Length);
            PairTally ownSimilar = default, ownDissimilar = default;
            for (int j = 0; j < classes.Length; j++)
            {
                if (j == i || (!roles.IsEmpty && roles[j] == MinedRoles.None))
                    continue;
                PairLabel label = classes[i] == classes[j] ? PairLabel.Similar : PairLabel.Dissimilar;
                float value = Value(distances[j], label);
                (label is PairLabel.Similar ? ref ownSimilar : ref ownDissimilar).Add(distances[j], value);
                (label is PairLabel.Similar ? ref similar : ref dissimilar).Add(distances[j], value);
                slopes[j] = Slope(distances[j], label);
            }

            float ofOwnSimilar = ownSimilar.Share(LossReduction.Mean), ofOwnDissimilar = ownDissimilar.Share(LossReduction.Mean);
            Scale(slopes, classes, i, ofOwnSimilar, ofOwnDissimilar);
            near += ownSimilar.Loss * ofOwnSimilar;
            far += ownDissimilar.Loss * ofOwnDissimilar;
            withSimilar += ownSimilar.Pairs > 0 ? 1 : 0;
            withDissimilar += ownDissimilar.Pairs > 0 ? 1 : 0;
        }

        float ofSimilar = withSimilar == 0 ? 0f : 1f / withSimilar, ofDissimilar = withDissimilar == 0 ? 0f : 1f / withDissimilar;
        for (int i = 0; i < count; i++)
            Scale(workspace.DistanceGradients.AsSpan(i * classes.Length, classes.Length), classes, i, ofSimilar, ofDissimilar);
        Backward(count, classes.Length, embeddings, gradients, workspace);
        return Result((near * ofSimilar) + (far * ofDissimilar), similar, dissimilar);
    }

    private void Backward(int count, int columns, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        if (columns > count)
            CrossBatchMatrix.Backward(Distance, 1f, count, columns, gradients, workspace);
        else
            DistanceMatrix.Backward(Distance, 1f, count, embeddings, gradients, workspace);
    }

    private static void Scale(Span<float> slopes, ReadOnlySpan<int> classes, int anchor, float ofSimilar, float ofDissimilar)
    {
        for (int j = 0; j < slopes.Length; j++)
            slopes[j] *= classes[anchor] == classes[j] ? ofSimilar : ofDissimilar;
    }

    // d loss / d D
    private float Slope(float distance, PairLabel label)
    {
        if (label is PairLabel.Similar)
            return Squared ? 2f * distance : 1f;
        float missing = Margin - distance;
        return missing <= 0f ? 0f : Squared ? -2f * missing : -1f;
    }

    private static LossResult Result(double loss, in PairTally similar, in PairTally dissimilar)
    {
        int pairs = similar.Pairs + dissimilar.Pairs;
        float active = pairs == 0 ? 0f : (float)(similar.Active + dissimilar.Active) / pairs;
        return new LossResult((float)loss, active, similar.MeanDistance, dissimilar.MeanDistance);
    }

    private struct PairTally
    {
        private double _distance;

        public int Pairs { get; private set; }

        public int Active { get; private set; }

        public double Loss { get; private set; }

        // What is not a number is not active, and is to show.
        public readonly float Share(LossReduction reduction)
        {
            int divisor = reduction switch { LossReduction.Sum => 1, LossReduction.MeanOfActive => double.IsNaN(Loss) ? 1 : Active, _ => Pairs };
            return divisor == 0 ? 0f : 1f / divisor;
        }

        public readonly float MeanDistance => Pairs == 0 ? 0f : (float)(_distance / Pairs);

        public void Add(float distance, float loss)
        {
            Pairs++;
            Active += loss > 0f ? 1 : 0;
            Loss += loss;
            _distance += distance;
        }
    }
}
