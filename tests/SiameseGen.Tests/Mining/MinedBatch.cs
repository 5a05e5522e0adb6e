using SiameseGen.Losses;
using SiameseGen.Mining;

namespace SiameseGen.Tests.Mining;

/// <summary>What a miner chooses of a batch, written out: by the public interface alone, as a loss would ask it.</summary>
internal sealed class MinedBatch
{
    private readonly Miner _miner;
    private readonly int[] _classes;
    private readonly LossWorkspace _workspace;

    /// <param name="miner">The miner.</param>
    /// <param name="rows">Embeddings.</param>
    /// <param name="classes">Their classes.</param>
    /// <param name="normalize">Whether only the direction of embeddings counts.</param>
    public MinedBatch(Miner miner, double[][] rows, int[] classes, bool normalize = true)
    {
        (_miner, _classes, _workspace) = (miner, classes, new LossWorkspace(classes.Length, rows[0].Length));
        float[] unit = [.. rows.SelectMany(row => row.Select(value => (float)(value / (normalize ? Math.Sqrt(row.Sum(x => x * x)) : 1))))];
        DistanceMatrix.Forward(miner.RequiredDistance ?? DistanceMetric.Euclidean, classes.Length, unit, _workspace);
    }

    public ulong Step
    {
        get => _workspace.Step;
        set => _workspace.Step = value;
    }

    public float Progress
    {
        get => _workspace.Progress;
        set => _workspace.Progress = value;
    }

    public List<(int A, int P, int N)> Triplets()
    {
        List<(int A, int P, int N)> triplets = [];
        for (int a = 0; a < _classes.Length; a++)
        {
            for (int p = 0; p < _classes.Length; p++)
            {
                if (p == a || _classes[p] != _classes[a])
                    continue;
                bool[] negatives = new bool[_classes.Length];
                if (!_miner.Choose(new MiningAnchor(_classes, a, _workspace), p, negatives))
                    continue;
                for (int n = 0; n < negatives.Length; n++)
                {
                    if (negatives[n] && _classes[n] != _classes[a])
                        triplets.Add((a, p, n));
                }
            }
        }

        return triplets;
    }

    public List<(int A, int Other)> Pairs(bool positives)
    {
        List<(int A, int Other)> pairs = [];
        for (int a = 0; a < _classes.Length; a++)
        {
            ReadOnlySpan<byte> roles = MinedRoles.Of(_miner, _classes, a, _workspace);
            for (int i = 0; i < roles.Length; i++)
            {
                if (roles[i] == (positives ? MinedRoles.Positive : MinedRoles.Negative))
                    pairs.Add((a, i));
            }
        }

        return pairs;
    }
}
