using SiameseGen.Losses;

namespace SiameseGen.Mining;

/// <summary>An anchor of a batch, as a miner sees it.</summary>
public readonly ref struct MiningAnchor
{
    private readonly LossWorkspace _workspace;

    internal MiningAnchor(ReadOnlySpan<int> classes, int item, LossWorkspace workspace)
    {
        Classes = classes;
        Item = item;
        _workspace = workspace;
    }

    /// <summary>The class of each item of the batch.</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>The anchor's index in the batch.</summary>
    public int Item { get; }

    /// <summary>The distance of each item to the anchor.</summary>
    public ReadOnlySpan<float> Distances => DistancesTo(Item);

    /// <summary>Training steps made before this one: the source of chance is a function of it.</summary>
    public ulong Step => _workspace.Step;

    /// <summary>How much of training is done, from 0 to 1.</summary>
    public float Progress => _workspace.Progress;

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength => _workspace.EmbeddingLength;

    /// <summary>The distance of each item to another one.</summary>
    /// <param name="item">The item.</param>
    public ReadOnlySpan<float> DistancesTo(int item) => _workspace.Distances.AsSpan(item * Classes.Length, Classes.Length);

    /// <summary>Whether an item is a positive: another one of the anchor's class.</summary>
    /// <param name="item">The item.</param>
    public bool IsPositive(int item) => item != Item && Classes[item] == Classes[Item];

    /// <summary>Whether an item is a negative: one of another class.</summary>
    /// <param name="item">The item.</param>
    public bool IsNegative(int item) => Classes[item] != Classes[Item];

    /// <summary>The closest or the farthest of the positives or negatives that lie between two distances.</summary>
    /// <param name="positives">Whether positives are asked for.</param>
    /// <param name="farthest">Whether the farthest is asked for.</param>
    /// <param name="above">Distances have to be above this.</param>
    /// <param name="below">Distances have to be below this.</param>
    /// <returns>The item, of equally distant ones the first; −1 when there is none.</returns>
    public int Find(bool positives, bool farthest, float above = float.NegativeInfinity, float below = float.PositiveInfinity)
    {
        ReadOnlySpan<float> distances = Distances;
        int best = -1;
        for (int i = 0; i < distances.Length; i++)
        {
            float distance = distances[i];
            if (distance > above && distance < below && (best < 0 || (farthest ? distance > distances[best] : distance < distances[best])) && (positives ? IsPositive(i) : IsNegative(i)))
                best = i;
        }

        return best;
    }
}
