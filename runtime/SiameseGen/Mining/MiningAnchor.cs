using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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

    /// <summary>The class of each item of the batch, and behind them those of embeddings of earlier batches where they are remembered (<see cref="Miner.AcceptsMemory"/>).</summary>
    public ReadOnlySpan<int> Classes { get; }

    /// <summary>The anchor's index in the batch.</summary>
    public int Item { get; }

    /// <summary>The distance of each item to the anchor.</summary>
    public ReadOnlySpan<float> Distances => DistancesTo(Item);

    internal LossWorkspace Workspace => _workspace;

    /// <summary>Training steps made before this one: the source of chance is a function of it.</summary>
    public ulong Step => _workspace.Step;

    /// <summary>How much of training is done, from 0 to 1.</summary>
    public float Progress => _workspace.Progress;

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength => _workspace.EmbeddingLength;

    /// <summary>The distance of each item to another one.</summary>
    /// <param name="item">The item, one of the batch: embeddings of earlier batches, which come behind its items, are compared with the batch only. A miner that asks for theirs is none that <see cref="Miner.AcceptsMemory"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item in the batch.</exception>
    public ReadOnlySpan<float> DistancesTo(int item)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)_workspace.Items, nameof(item));
        return _workspace.Distances.AsSpan(item * Classes.Length, Classes.Length);
    }

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
        var query = new AnchorFinds.Query(_workspace.Evaluations, Item, positives, farthest, above, below);
        if (!_workspace.Finds.TryGet(query, out int best))
        {
            best = Search(positives, farthest, above, below);
            _workspace.Finds.Add(query, best);
        }

        return best;
    }

    private int Search(bool positives, bool farthest, float above, float below)
    {
        // Eight lanes each keep their own best; among equals the first item wins, whichever lane it is in.
        ReadOnlySpan<float> distances = Distances;
        ReadOnlySpan<int> classes = Classes;
        float sign = farthest ? -1f : 1f;
        Vector256<float> signs = Vector256.Create(sign), low = Vector256.Create(above), high = Vector256.Create(below), least = Vector256.Create(float.PositiveInfinity);
        Vector256<int> own = Vector256.Create(classes[Item]), wanted = positives ? Vector256<int>.AllBitsSet : Vector256<int>.Zero, places = Vector256<int>.AllBitsSet, place = Vector256<int>.Indices;
        int i = 0;
        for (; i <= distances.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> values = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(distances), (nuint)i), keys = values * signs;
            Vector256<int> isWanted = Vector256.Equals(Vector256.Equals(own, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(classes), (nuint)i)), wanted);
            Vector256<int> isSelf = Vector256.Equals(place, Vector256.Create(Item));
            Vector256<int> better = Vector256.AndNot(isWanted, isSelf)
                & (Vector256.GreaterThan(values, low) & Vector256.LessThan(values, high) & Vector256.LessThan(keys, least)).AsInt32();
            least = Vector256.ConditionalSelect(better.AsSingle(), keys, least);
            places = Vector256.ConditionalSelect(better, place, places);
            place += Vector256.Create(Vector256<int>.Count);
        }

        int best = -1;
        float key = float.PositiveInfinity;
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            if (places[lane] >= 0 && (least[lane] < key || (least[lane] == key && places[lane] < best)))
                (key, best) = (least[lane], places[lane]);
        }

        for (; i < distances.Length; i++)
        {
            float distance = distances[i];
            if (distance > above && distance < below && distance * sign < key && (positives ? IsPositive(i) : IsNegative(i)))
                (key, best) = (distance * sign, i);
        }

        return best;
    }
}
