using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;
using SiameseGen.Losses;

namespace SiameseGen.Mining;

/// <summary>How likely each negative of an anchor is to be drawn, computed once for all of the anchor's positives: a draw then looks at the sums of blocks and into one of them.</summary>
internal sealed class DistanceWeights(int capacity)
{
    private const int Block = 64;
    private readonly float[] _weights = new float[(capacity + Block - 1) / Block * Block];
    private readonly float[] _sums = new float[(capacity + Block - 1) / Block];
    private (DistanceWeightedMiner? Miner, int Evaluation, int Item) _of;
    private int _blocks;
    private float _total;

    /// <summary>Whether there is a negative to draw.</summary>
    public bool Any => _total > 0f;

    /// <summary>Weighs the negatives of an anchor, unless that has just been done.</summary>
    public void Weigh(DistanceWeightedMiner miner, in MiningAnchor anchor)
    {
        (DistanceWeightedMiner, int, int) wanted = (miner, anchor.Workspace.Evaluations, anchor.Item);
        if (_of == wanted)
            return;
        _of = wanted;
        int count = anchor.Classes.Length;
        _blocks = (count + Block - 1) / Block;
        _weights.AsSpan(count, (_blocks * Block) - count).Clear();
        Rule rule = new(miner, anchor.EmbeddingLength, anchor.Classes[anchor.Item]);
        float largest = LogWeights(rule, anchor.Distances, anchor.Classes, _weights);
        _total = 0f;
        if (float.IsNegativeInfinity(largest))
            return;
        Exponentiate(rule, anchor.Distances, largest, _weights);
        for (int block = 0; block < _blocks; block++)
        {
            _sums[block] = Sum(ref _weights[block * Block]);
            _total += _sums[block];
        }
    }

    /// <summary>The negative at which the running sum of weights goes beyond a share of the whole.</summary>
    /// <param name="share">From 0 to below 1.</param>
    public int Draw(float share)
    {
        float wanted = share * _total, sum = 0f, before = 0f;
        int found = 0;
        for (int block = 0; block < _blocks && sum <= wanted; block++)
        {
            if (_sums[block] <= 0f)
                continue;
            (found, before) = (block, sum);
            sum += _sums[block];
        }

        int chosen = -1;
        for (int i = found * Block; i < (found + 1) * Block; i++)
        {
            if (_weights[i] <= 0f)
                continue;
            chosen = i;
            before += _weights[i];
            if (before > wanted)
                break;
        }

        return chosen;
    }

    // −½ (n − 3) ln u with u = d² (1 − ¼d²), −∞ for what is no negative, and the largest of them.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float LogWeights(in Rule rule, ReadOnlySpan<float> distances, ReadOnlySpan<int> classes, Span<float> weights)
    {
        ref float distance = ref MemoryMarshal.GetReference(distances), weight = ref MemoryMarshal.GetReference(weights);
        ref int number = ref MemoryMarshal.GetReference(classes);
        Vector256<float> largest = Vector256.Create(LogSumExp.None);
        int i = 0;
        for (; i <= distances.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector256<float> value = rule.LogWeight(Vector256.LoadUnsafe(ref distance, (nuint)i), Vector256.LoadUnsafe(ref number, (nuint)i));
            value.StoreUnsafe(ref weight, (nuint)i);
            largest = Vector256.ConditionalSelect(Vector256.GreaterThan(value, largest), value, largest);
        }

        float result = LogSumExp.None;
        for (int lane = 0; lane < Lanes.Count; lane++)
            result = MathF.Max(result, largest[lane]);
        for (; i < distances.Length; i++)
        {
            weights[i] = rule.LogWeight(Vector256.Create(distances[i]), Vector256.Create(classes[i])).ToScalar();
            result = MathF.Max(result, weights[i]);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Exponentiate(in Rule rule, ReadOnlySpan<float> distances, float largest, Span<float> weights)
    {
        ref float distance = ref MemoryMarshal.GetReference(distances), weight = ref MemoryMarshal.GetReference(weights);
        Vector256<float> shift = Vector256.Create(largest);
        int i = 0;
        for (; i <= distances.Length - Lanes.Count; i += Lanes.Count)
            rule.Weight(Vector256.LoadUnsafe(ref weight, (nuint)i) - shift, Vector256.LoadUnsafe(ref distance, (nuint)i)).StoreUnsafe(ref weight, (nuint)i);
        for (; i < distances.Length; i++)
            weights[i] = rule.Weight(Vector256.Create(weights[i]) - shift, Vector256.Create(distances[i])).ToScalar();
    }

    private static float Sum(ref float first)
    {
        Vector256<float> sum = Vector256.LoadUnsafe(ref first);
        for (int i = Lanes.Count; i < Block; i += Lanes.Count)
            sum += Vector256.LoadUnsafe(ref first, (nuint)i);
        return LaneSums.Tree(sum);
    }

    // One over the density of distances on a sphere of n dimensions, dⁿ⁻² (1 − ¼d²)^((n−3)/2), is u^(−(n−3)/2) / d: one logarithm, one power, one division.
    private readonly struct Rule(DistanceWeightedMiner miner, int dimensions, int own)
    {
        private readonly float _cutoff = miner.Cutoff;
        private readonly float _farthest = miner.Farthest;
        private readonly float _exponent = (dimensions - 3) * -0.5f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> LogWeight(Vector256<float> distance, Vector256<int> classes)
        {
            Vector256<float> d = Clamp(distance), square = d * d;
            Vector256<float> u = square * (Vector256<float>.One - (square * Vector256.Create(0.25f)));
            Vector256<float> value = Logarithm.Log(u) * Vector256.Create(_exponent), none = Vector256.Create(LogSumExp.None);
            value = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(distance, Vector256.Create(_farthest)), value, none);
            return Vector256.ConditionalSelect(Vector256.Equals(classes, Vector256.Create(own)).AsSingle(), none, value);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Weight(Vector256<float> logarithm, Vector256<float> distance) => LogSumExp.Power(logarithm) / Clamp(distance);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector256<float> Clamp(Vector256<float> d)
        {
            Vector256<float> low = Vector256.Create(_cutoff), high = Vector256.Create(DistanceWeightedMiner.Longest);
            d = Vector256.ConditionalSelect(Vector256.LessThan(d, low), low, d);
            return Vector256.ConditionalSelect(Vector256.GreaterThan(d, high), high, d);
        }
    }
}
