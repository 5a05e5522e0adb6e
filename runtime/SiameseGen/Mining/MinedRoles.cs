using SiameseGen.Losses;

namespace SiameseGen.Mining;

/// <summary>What a miner makes of the other items of a batch, for one anchor.</summary>
internal static class MinedRoles
{
    public const byte None = 0, Positive = 1, Negative = 2;

    /// <summary>The positives and negatives that are taken, for a loss of pairs; in the workspace's memory.</summary>
    public static ReadOnlySpan<byte> Of(Miner miner, ReadOnlySpan<int> classes, int item, LossWorkspace workspace)
    {
        Span<byte> roles = workspace.Roles.AsSpan(0, classes.Length);
        roles.Clear();
        var anchor = new MiningAnchor(classes, item, workspace);
        for (int positive = 0; positive < classes.Length; positive++)
        {
            if (!anchor.IsPositive(positive))
                continue;
            bool isTaken = Choose(miner, anchor, positive, workspace, out ReadOnlySpan<bool> negatives);
            bool any = false;
            if (isTaken || miner.ChoosesPairs)
            {
                for (int i = Next(negatives, 0); i >= 0; i = Next(negatives, i + 1))
                {
                    if (classes[i] != classes[item])
                    {
                        roles[i] = Negative;
                        any = true;
                    }
                }
            }

            if (isTaken && (any || miner.ChoosesPairs))
                roles[positive] = Positive;
        }

        return roles;
    }

    /// <summary>The next item that is chosen, from one on; −1 when there is none.</summary>
    public static int Next(ReadOnlySpan<bool> chosen, int from)
    {
        int next = chosen[from..].IndexOf(true);
        return next < 0 ? -1 : from + next;
    }

    /// <summary>The negatives that go with an anchor and a positive; those of the anchor's class are to be left out.</summary>
    public static bool Choose(Miner miner, in MiningAnchor anchor, int positive, LossWorkspace workspace, out ReadOnlySpan<bool> negatives)
    {
        Span<bool> chosen = workspace.Chosen.AsSpan(0, anchor.Classes.Length);
        chosen.Clear();
        bool isTaken = miner.Choose(anchor, positive, chosen);
        negatives = chosen;
        return isTaken;
    }
}
