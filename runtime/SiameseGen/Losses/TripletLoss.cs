using SiameseGen.Mining;
using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// The triplet loss max(0, D_ap − D_an + m): an anchor has to be closer to its positive than to its negative by a margin m
/// (Schroff, Kalenichenko and Philbin, 2015).
/// </summary>
/// <remarks>
/// Over a batch of triplets it is the mean over the triplets. Over a batch of classes all valid triplets are formed, each item as anchor
/// with each other item of its class and each item of another class, and it is the mean over those with a loss above 0
/// ("batch all", Hermans, Beyer and Leibe, 2017): the many that are already satisfied would drown the others in a plain mean.
/// </remarks>
public sealed class TripletLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">By how much the positive has to be closer, in units of the distance; above 0.</param>
    /// <param name="distance">The distance D.</param>
    /// <param name="swap">Whether the positive takes the anchor's place where it is closer to the negative: min(D_an, D_pn) instead of D_an (Balntas et al., 2016).</param>
    /// <param name="soft">Whether the loss is ln(1 + exp(D_ap − D_an + m)), which never stops to pull (Hermans, Beyer and Leibe, 2017).</param>
    /// <param name="reduction">How the triplets' losses become one.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is not a positive number, or there is no such
    /// <paramref name="distance"/> or <paramref name="reduction"/>.</exception>
    public TripletLoss(
        float margin = 0.2f, DistanceMetric distance = DistanceMetric.Euclidean, bool swap = false, bool soft = false, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(margin > 0f) || float.IsInfinity(margin))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        Distance = Known(distance);
        Swap = swap;
        Soft = soft;
    }

    /// <summary>By how much the positive has to be closer.</summary>
    public float Margin { get; }

    /// <summary>Whether the positive takes the anchor's place where it is closer to the negative.</summary>
    public bool Swap { get; }

    /// <summary>Whether the loss is smooth.</summary>
    public bool Soft { get; }

    /// <inheritdoc/>
    public override string Name => "Triplet";

    /// <inheritdoc/>
    public override DistanceMetric Distance { get; }

    /// <summary>The loss of one triplet.</summary>
    /// <param name="anchorPositive">The distance between anchor and positive.</param>
    /// <param name="anchorNegative">The distance between anchor and negative; with <see cref="Swap"/>, the lesser of those from anchor and positive.</param>
    public float Value(float anchorPositive, float anchorNegative)
    {
        float missing = anchorPositive - anchorNegative + Margin;
        if (Soft)
            return LogSumExp.Softplus(missing);
        return missing <= 0f ? 0f : missing; // in this form a distance that is not a number shows in the loss
    }

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Triplets or BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>When no triplet has a loss above 0, loss and gradient are 0.</remarks>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        return batch.Structure is BatchStructure.Triplets
            ? EvaluateTriplets(batch, embeddings, gradients, workspace.EmbeddingLength)
            : EvaluateClasses(batch, embeddings, gradients, workspace);
    }

    // d loss / d (D_ap − D_an), of a triplet whose loss is not 0.
    private float Slope(float anchorPositive, float anchorNegative) => Soft ? LogSumExp.Sigmoid(anchorPositive - anchorNegative + Margin) : 1f;

    private LossResult EvaluateTriplets(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, int length)
    {
        int triplets = batch.Count / 3;
        if (batch.Count != 3 * triplets)
            throw new ArgumentException($"A batch of triplets has a multiple of 3 items; this one has {batch.Count}.", nameof(batch));
        gradients.Clear();
        double loss = 0, positives = 0, negatives = 0;
        int active = 0;
        for (int triplet = 0; triplet < triplets; triplet++)
        {
            (float near, float far, _) = DistancesOf(triplet, triplets, embeddings, length);
            positives += near;
            negatives += far;
            float value = Value(near, far);
            loss += value;
            active += value == 0f ? 0 : 1;
        }

        double divisor = Reduction switch { LossReduction.MeanOfActive => active, LossReduction.Sum => 1, _ => triplets };
        float share = divisor == 0 ? 0f : (float)(1 / divisor);
        for (int triplet = 0; triplet < triplets; triplet++)
        {
            (float near, float far, bool isSwapped) = DistancesOf(triplet, triplets, embeddings, length);
            if (Value(near, far) == 0f)
                continue;
            int anchor = triplet * length, positive = (triplet + triplets) * length, negative = (triplet + (2 * triplets)) * length;
            int judge = isSwapped ? positive : anchor;
            float slope = share * Slope(near, far);
            ReadOnlySpan<float> a = embeddings.Slice(anchor, length), p = embeddings.Slice(positive, length);
            ReadOnlySpan<float> n = embeddings.Slice(negative, length), q = embeddings.Slice(judge, length);
            Distances.Gradient(Distance, a, p, near, slope, gradients.Slice(anchor, length));
            Distances.GradientOfSecond(Distance, a, p, near, slope, gradients.Slice(positive, length));
            Distances.Gradient(Distance, q, n, far, -slope, gradients.Slice(judge, length));
            Distances.GradientOfSecond(Distance, q, n, far, -slope, gradients.Slice(negative, length));
        }

        double every = Math.Max(triplets, 1);
        return new LossResult(divisor == 0 ? 0f : (float)(loss / divisor), (float)(active / every), (float)(positives / every), (float)(negatives / every));
    }

    private (float Near, float Far, bool IsSwapped) DistancesOf(int triplet, int triplets, ReadOnlySpan<float> embeddings, int length)
    {
        ReadOnlySpan<float> a = embeddings.Slice(triplet * length, length), p = embeddings.Slice((triplet + triplets) * length, length);
        ReadOnlySpan<float> n = embeddings.Slice((triplet + (2 * triplets)) * length, length);
        float near = Distances.Between(Distance, a, p), far = Distances.Between(Distance, a, n);
        if (!Swap)
            return (near, far, false);
        float other = Distances.Between(Distance, p, n);
        return other < far ? (near, other, true) : (near, far, false);
    }

    /// <inheritdoc/>
    /// <remarks>Not with <see cref="Swap"/>, which compares positives with negatives as well, of which both could be old.</remarks>
    public override bool AcceptsMemory => !Swap && base.AcceptsMemory;

    private protected override bool ChoosesTriplets => true;

    private protected override bool ScalesSlopes => true;

    private protected override double CandidatesOf(AnchorRows rows)
    {
        long positives = 0, negatives = 0, mined = 0;
        var anchor = new MiningAnchor(rows.Classes, rows.Anchor, rows.Workspace);
        for (int i = 0; i < rows.Classes.Length; i++)
        {
            positives += rows.IsPositive(i) ? 1 : 0;
            negatives += rows.IsNegative(i) ? 1 : 0;
            if (rows.Workspace.Miner is not { } miner || !rows.IsPositive(i) || !MinedRoles.Choose(miner, anchor, i, rows.Workspace, out ReadOnlySpan<bool> chosen))
                continue;
            for (int negative = First(chosen, 0); (uint)negative < (uint)chosen.Length; negative = First(chosen, negative + 1))
                mined += rows.IsNegative(negative) ? 1 : 0;
        }

        return rows.Workspace.Miner is null ? (double)positives * negatives : mined;
    }

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes;
        int positives = 0, negatives = 0;
        long active = 0, mined = 0;
        double loss = 0;
        for (int i = 0; i < distances.Length; i++)
            negatives += rows.IsNegative(i) ? 1 : 0;
        for (int positive = 0; positive < distances.Length; positive++)
        {
            if (!rows.IsPositive(positive))
                continue;
            positives++;
            double sum;
            long some;
            if (rows.Workspace.Miner is { } miner)
            {
                var anchor = new MiningAnchor(rows.Classes, rows.Anchor, rows.Workspace);
                if (!MinedRoles.Choose(miner, anchor, positive, rows.Workspace, out ReadOnlySpan<bool> chosen))
                    continue;
                (sum, some) = OfPair(rows, positive, chosen, ref mined);
            }
            else if (Swap || Soft)
            {
                (sum, some) = OfPair(rows, positive, default, ref mined);
            }
            else
            {
                (sum, some) = OfHardPair(rows, distances[positive] + Margin, slopes);
                slopes[positive] += some * rows.Scale;
            }

            loss += sum;
            active += some;
        }

        double triplets = rows.Workspace.Miner is null ? (double)positives * negatives : mined;
        return new AnchorLoss(loss, active, active, triplets);
    }

    // The gradients of the plain loss are counts of active triplets, exact in any order: − for a negative, once for each.
    private static (double Loss, long Active) OfHardPair(AnchorRows rows, float limit, Span<float> slopes)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        ReadOnlySpan<int> classes = rows.Classes;
        int own = classes[rows.Anchor];
        double loss = 0;
        long active = 0;
        for (int negative = 0; negative < distances.Length; negative++)
        {
            float missing = limit - distances[negative];
            if (!(missing <= 0f) && classes[negative] != own)
            {
                loss += missing;
                active++;
                slopes[negative] -= rows.Scale;
            }
        }

        return (loss, active);
    }

    private (double Loss, long Active) OfPair(AnchorRows rows, int positive, ReadOnlySpan<bool> chosen, ref long triplets)
    {
        // A positive that is remembered has no row of its own; only swapping asks for one.
        ReadOnlySpan<float> distances = rows.Distances, others = Swap ? rows.Of(positive) : default;
        Span<float> slopes = rows.Slopes, otherSlopes = Swap ? rows.SlopesOf(positive) : default;
        double loss = 0;
        long active = 0;
        for (int negative = First(chosen, 0); (uint)negative < (uint)distances.Length; negative = First(chosen, negative + 1))
        {
            if (!rows.IsNegative(negative))
                continue;
            triplets++;
            bool isSwapped = Swap && others[negative] < distances[negative];
            float far = isSwapped ? others[negative] : distances[negative], value = Value(distances[positive], far);
            if (value == 0f)
                continue;
            loss += value;
            active++;
            float slope = Slope(distances[positive], far) * rows.Scale;
            slopes[positive] += slope;
            if (isSwapped)
                otherSlopes[negative] -= slope;
            else
                slopes[negative] -= slope;
        }

        return (loss, active);
    }

    // Of all items, or of those that a miner has chosen.
    private static int First(ReadOnlySpan<bool> chosen, int from) => chosen.IsEmpty ? from : MinedRoles.Next(chosen, from);
}
