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
public sealed class TripletLoss : EmbeddingLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">By how much the positive has to be closer, in units of the distance; above 0.</param>
    /// <param name="distance">The distance D.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is not a positive number, or there is no such
    /// <paramref name="distance"/>.</exception>
    public TripletLoss(float margin = 0.2f, DistanceMetric distance = DistanceMetric.Euclidean)
    {
        if (!(margin > 0f) || float.IsInfinity(margin))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        Distance = Known(distance);
    }

    /// <summary>By how much the positive has to be closer.</summary>
    public float Margin { get; }

    /// <inheritdoc/>
    public override string Name => "Triplet";

    /// <inheritdoc/>
    public override DistanceMetric Distance { get; }

    /// <summary>The loss of one triplet.</summary>
    /// <param name="anchorPositive">The distance between anchor and positive.</param>
    /// <param name="anchorNegative">The distance between anchor and negative.</param>
    public float Value(float anchorPositive, float anchorNegative)
    {
        float missing = anchorPositive - anchorNegative + Margin;
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

    private LossResult EvaluateTriplets(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, int length)
    {
        int triplets = batch.Count / 3;
        if (batch.Count != 3 * triplets)
            throw new ArgumentException($"A batch of triplets has a multiple of 3 items; this one has {batch.Count}.", nameof(batch));
        gradients.Clear();
        float share = triplets == 0 ? 0f : 1f / triplets;
        double loss = 0, positives = 0, negatives = 0;
        int active = 0;
        for (int triplet = 0; triplet < triplets; triplet++)
        {
            int anchor = triplet * length, positive = (triplet + triplets) * length, negative = (triplet + (2 * triplets)) * length;
            ReadOnlySpan<float> a = embeddings.Slice(anchor, length);
            ReadOnlySpan<float> p = embeddings.Slice(positive, length);
            ReadOnlySpan<float> n = embeddings.Slice(negative, length);
            float near = Distances.Between(Distance, a, p), far = Distances.Between(Distance, a, n);
            positives += near;
            negatives += far;
            float value = Value(near, far);
            loss += value;
            if (value == 0f)
                continue;
            active++;
            Distances.Gradient(Distance, a, p, near, share, gradients.Slice(anchor, length));
            Distances.Gradient(Distance, p, a, near, share, gradients.Slice(positive, length));
            Distances.Gradient(Distance, a, n, far, -share, gradients.Slice(anchor, length));
            Distances.Gradient(Distance, n, a, far, -share, gradients.Slice(negative, length));
        }

        double every = Math.Max(triplets, 1);
        return new LossResult((float)(loss / every), (float)(active / every), (float)(positives / every), (float)(negatives / every));
    }

    private LossResult EvaluateClasses(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int count = batch.Count;
        DistanceMatrix.Forward(Distance, count, embeddings, workspace);
        Tally all = default;
        for (int anchor = 0; anchor < count; anchor++)
        {
            ReadOnlySpan<float> distances = workspace.Distances.AsSpan(anchor * count, count);
            all.Add(OfAnchor(batch.Classes, anchor, distances, workspace.DistanceGradients.AsSpan(anchor * count, count)));
        }

        // So far the gradients are counts of active triplets, exact in any order; now they become gradients of the mean.
        if (all.Active > 0)
        {
            float share = 1f / all.Active;
            foreach (ref float slope in workspace.DistanceGradients.AsSpan(0, count * count))
                slope *= share;
        }

        DistanceMatrix.Backward(Distance, count, embeddings, gradients, workspace);
        return all.Result();
    }

    // Counts up the entries of the anchor's row: + for a positive, − for a negative, once for each active triplet.
    private Tally OfAnchor(ReadOnlySpan<int> classes, int anchor, ReadOnlySpan<float> distances, Span<float> slopes)
    {
        Tally tally = default;
        int own = classes[anchor];
        for (int other = 0; other < classes.Length; other++)
        {
            if (other == anchor)
                continue;
            if (classes[other] != own)
            {
                tally.Negatives++;
                tally.NegativeDistance += distances[other];
                continue;
            }

            tally.Positives++;
            tally.PositiveDistance += distances[other];
            long activeBefore = tally.Active;
            float limit = distances[other] + Margin;
            for (int negative = 0; negative < classes.Length; negative++)
            {
                float missing = limit - distances[negative];
                if (!(missing <= 0f) && classes[negative] != own)
                {
                    tally.Loss += missing;
                    tally.Active++;
                    slopes[negative] -= 1f;
                }
            }

            slopes[other] += tally.Active - activeBefore;
        }

        tally.Triplets = (long)tally.Positives * tally.Negatives;
        return tally;
    }

    private struct Tally
    {
        public int Positives, Negatives;
        public long Active, Triplets;
        public double Loss, PositiveDistance, NegativeDistance;

        public void Add(in Tally anchor)
        {
            Positives += anchor.Positives;
            Negatives += anchor.Negatives;
            Active += anchor.Active;
            Triplets += anchor.Triplets;
            Loss += anchor.Loss;
            PositiveDistance += anchor.PositiveDistance;
            NegativeDistance += anchor.NegativeDistance;
        }

        public readonly LossResult Result() => new(
            (float)(Loss / Math.Max(Active, 1)),
            (float)Active / Math.Max(Triplets, 1),
            (float)(PositiveDistance / Math.Max(Positives, 1)),
            (float)(NegativeDistance / Math.Max(Negatives, 1)));
    }
}
