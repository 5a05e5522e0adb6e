using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Mining;
using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// A loss over batches of classes in which every item is an anchor, and every other item a positive or a negative of it. It is computed on one matrix of all distances;
/// no list of pairs or triplets is made.
/// </summary>
public abstract class PairwiseLoss : EmbeddingLoss
{
    private protected PairwiseLoss(LossReduction reduction)
    {
        if (!Enum.IsDefined(reduction))
            throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "There is no such reduction.");
        Reduction = reduction;
    }

    /// <summary>How the terms of the mean become one loss.</summary>
    public LossReduction Reduction { get; }

    /// <inheritdoc/>
    public override bool AcceptsMiner => true;

    /// <inheritdoc/>
    public override bool AcceptsMemory => CrossBatchMatrix.Has(Distance);

    /// <inheritdoc/>
    public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>When nothing is active, as in a batch of one class, loss and gradient are 0.</remarks>
    public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        return EvaluateClasses(batch, embeddings, gradients, workspace);
    }

    private protected LossResult EvaluateClasses(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        bool joins = AcceptsMemory && workspace.HasMemory;
        ReadOnlySpan<int> classes = joins ? workspace.Join(batch.Classes) : batch.Classes;
        LossWeights? learned = LearnsWeights ? LossWeights.Required(this, workspace, batch, perClass: 0) : null;
        Span<float> learnedGradients = learned is null ? default : learned.Gradients;
        learnedGradients.Clear();
        int count = batch.Count;
        if (joins)
            CrossBatchMatrix.Forward(Distance, count, embeddings, workspace);
        else
            Forward(count, embeddings, workspace);
        (float positive, float negative) = joins ? MeansOf(classes, workspace.Distances, count) : MeanDistances(classes, workspace);
        if (workspace.Miner is not null && !float.IsFinite(positive + negative))
        {
            // A miner compares, and what is not a number compares as nothing: it would look as if all were well.
            gradients.Fill(float.NaN);
            learnedGradients.Fill(float.NaN);
            return new LossResult(float.NaN, 0f, positive, negative);
        }

        double loss = 0, terms = 0, active = 0, candidates = 0, anchors = 0;
        for (int anchor = 0; anchor < count; anchor++)
        {
            var rows = new AnchorRows(classes, anchor, workspace, ChoosesTriplets || workspace.Miner is not { } miner ? default : MinedRoles.Of(miner, classes, anchor, workspace));
            (AnchorLoss one, double weight) = Reduction is LossReduction.MeanOfAnchors ? OfAnchorAlone(rows) : (OfAnchor(rows), 1);
            loss += one.Loss * weight;
            terms += one.Terms;
            active += one.Active;
            candidates += one.Candidates;
            anchors += one.Candidates > 0 ? 1 : 0;
        }

        // The slopes are those of the sum; backward makes them those of the mean.
        double divisor = Reduction switch
        {
            LossReduction.MeanOfActive => double.IsNaN(loss) ? 1 : active,
            LossReduction.Mean => candidates,
            LossReduction.Sum => 1,
            LossReduction.MeanOfAnchors => anchors,
            _ => terms,
        };
        float share = divisor == 0 ? 0f : (float)(1 / divisor);
        if (joins)
            CrossBatchMatrix.Backward(Distance, share, count, classes.Length, gradients, workspace);
        else
            Backward(share, count, embeddings, gradients, workspace);
        foreach (ref float gradient in learnedGradients)
            gradient *= share;
        return new LossResult(divisor == 0 ? 0f : (float)(loss / divisor), candidates == 0 ? 0f : (float)(active / candidates), positive, negative);
    }

    /// <summary>The loss of one anchor, and the slopes d (sum of losses) / d distance added to the matrix; likewise those of what is learned to its gradients.</summary>
    private protected abstract AnchorLoss OfAnchor(AnchorRows rows);

    /// <summary>Whether the loss asks the miner for triplets itself.</summary>
    private protected virtual bool ChoosesTriplets => false;

    /// <summary>Whether the loss multiplies all slopes by <see cref="AnchorRows.Scale"/> itself, because they are not only its anchor's.</summary>
    private protected virtual bool ScalesSlopes => false;

    /// <summary>How many terms an anchor has, for a loss that scales its slopes itself.</summary>
    private protected virtual double CandidatesOf(AnchorRows rows) => 0;

    // The mean over the anchor's own terms: one over their number is the share, and in the slopes already.
    private (AnchorLoss Loss, double Share) OfAnchorAlone(AnchorRows rows)
    {
        if (ScalesSlopes)
        {
            double candidates = CandidatesOf(rows), ofEach = candidates > 0 ? 1 / candidates : 1;
            return (OfAnchor(rows.ScaledBy((float)ofEach)), ofEach);
        }

        AnchorLoss one = OfAnchor(rows);
        double share = one.Candidates > 0 ? 1 / one.Candidates : 1;
        foreach (ref float slope in rows.Slopes)
            slope *= (float)share;
        return (one, share);
    }

    private protected virtual void Forward(int count, ReadOnlySpan<float> embeddings, LossWorkspace workspace) =>
        DistanceMatrix.Forward(Distance, count, embeddings, workspace);

    private protected virtual void Backward(float share, int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) =>
        DistanceMatrix.Backward(Distance, share, count, embeddings, gradients, workspace);

    private protected virtual (float Positive, float Negative) MeanDistances(ReadOnlySpan<int> classes, LossWorkspace workspace) =>
        MeansOf(classes, workspace.Distances, classes.Length);

    /// <summary>The mean distance of positive pairs and of negative ones, each with one of the first items; 0 where there are none.</summary>
    internal static (float Positive, float Negative) MeansOf(ReadOnlySpan<int> classes, ReadOnlySpan<float> distances, int rows)
    {
        double positive = 0, negative = 0;
        long positives = 0, negatives = 0;
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = distances.Slice(i * classes.Length, classes.Length);
            Vector256<int> own = Vector256.Create(classes[i]), matches = default;
            Vector256<float> near = default, far = default;
            int j = 0;
            for (; j <= row.Length - Vector256<float>.Count; j += Vector256<float>.Count)
            {
                Vector256<int> same = Vector256.Equals(own, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(classes), (nuint)j));
                Vector256<float> values = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)j);
                matches -= same;
                near += Vector256.ConditionalSelect(same.AsSingle(), values, Vector256<float>.Zero);
                far += Vector256.ConditionalSelect(same.AsSingle(), Vector256<float>.Zero, values);
            }

            // Each item is as far from itself as the diagonal says, and no pair.
            int matching = Vector256.Sum(matches) - 1;
            double nearSum = LaneSums.Tree(near) - row[i], farSum = LaneSums.Tree(far);
            for (; j < row.Length; j++)
            {
                bool isSame = classes[j] == classes[i];
                matching += isSame ? 1 : 0;
                nearSum += isSame ? row[j] : 0f;
                farSum += isSame ? 0f : row[j];
            }

            positives += matching;
            negatives += row.Length - 1 - matching;
            positive += nearSum;
            negative += farSum;
        }

        return (positives == 0 ? 0f : (float)(positive / positives), negatives == 0 ? 0f : (float)(negative / negatives));
    }
}

/// <summary>An anchor's row of the matrix of distances.</summary>
internal readonly ref struct AnchorRows(ReadOnlySpan<int> classes, int anchor, LossWorkspace workspace, ReadOnlySpan<byte> roles)
{
    // Of items that a miner has chosen; empty when there is none.
    private readonly ReadOnlySpan<byte> _roles = roles;

    /// <summary>The class of each item.</summary>
    public ReadOnlySpan<int> Classes { get; } = classes;

    /// <summary>The anchor's index.</summary>
    public int Anchor { get; } = anchor;

    /// <summary>The memory.</summary>
    public LossWorkspace Workspace { get; } = workspace;

    /// <summary>What a loss that scales its slopes itself multiplies them by.</summary>
    public float Scale { get; private init; } = 1f;

    /// <summary>The same rows with another scale.</summary>
    /// <param name="scale">The scale.</param>
    public AnchorRows ScaledBy(float scale) => new(Classes, Anchor, Workspace, _roles) { Scale = scale };

    /// <summary>Distances to the anchor.</summary>
    public ReadOnlySpan<float> Distances => Of(Anchor);

    /// <summary>Slopes of distances to the anchor, to be added to.</summary>
    public Span<float> Slopes => SlopesOf(Anchor);

    /// <summary>Distances to another item.</summary>
    /// <param name="item">The item.</param>
    public ReadOnlySpan<float> Of(int item) => Workspace.Distances.AsSpan(item * Classes.Length, Classes.Length);

    /// <summary>Slopes of distances to another item.</summary>
    /// <param name="item">The item.</param>
    public Span<float> SlopesOf(int item) => Workspace.DistanceGradients.AsSpan(item * Classes.Length, Classes.Length);

    /// <summary>Whether an item is a positive.</summary>
    /// <param name="item">The item.</param>
    public bool IsPositive(int item) => _roles.IsEmpty ? item != Anchor && Classes[item] == Classes[Anchor] : _roles[item] == MinedRoles.Positive;

    /// <summary>Whether an item is a negative.</summary>
    /// <param name="item">The item.</param>
    public bool IsNegative(int item) => _roles.IsEmpty ? Classes[item] != Classes[Anchor] : _roles[item] == MinedRoles.Negative;

    /// <summary>How many positives there are.</summary>
    public int CountPositives()
    {
        int count = 0;
        for (int i = 0; i < Classes.Length; i++)
            count += IsPositive(i) ? 1 : 0;
        return count;
    }

    /// <summary>How many negatives there are.</summary>
    public int CountNegatives()
    {
        int count = 0;
        for (int i = 0; i < Classes.Length; i++)
            count += IsNegative(i) ? 1 : 0;
        return count;
    }

    /// <summary>Memory for a logit an item.</summary>
    public Span<float> Logits => Workspace.Logits.AsSpan(0, Classes.Length);

    /// <summary>Memory for a weight an item.</summary>
    public Span<float> Weights => Workspace.Weights.AsSpan(0, Classes.Length);

    /// <summary>Memory for another logit an item.</summary>
    public Span<float> OtherLogits => Workspace.Logits.AsSpan(Classes.Length, Classes.Length);

    /// <summary>Memory for another weight an item.</summary>
    public Span<float> OtherWeights => Workspace.Weights.AsSpan(Classes.Length, Classes.Length);
}

/// <summary>What one anchor adds to a loss.</summary>
/// <param name="Loss">The sum of its losses.</param>
/// <param name="Terms">How many terms of the mean they are.</param>
/// <param name="Active">How many of its anchors, pairs or triplets have a loss above 0.</param>
/// <param name="Candidates">How many there are.</param>
internal readonly record struct AnchorLoss(double Loss, double Terms, double Active, double Candidates)
{
    /// <summary>One term that counts whatever its loss.</summary>
    public static AnchorLoss One(float loss) => new(loss, 1, loss > 0f ? 1 : 0, 1);

    /// <summary>One term of a mean over those with a loss above 0.</summary>
    public static AnchorLoss OneIfActive(float loss) => new(loss, loss > 0f || float.IsNaN(loss) ? 1 : 0, loss > 0f ? 1 : 0, 1);
}
