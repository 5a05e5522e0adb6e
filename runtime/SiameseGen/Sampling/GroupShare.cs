using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>Draws dissimilar examples, a share of them from the same group.</summary>
internal sealed class GroupShare
{
    private readonly GroupMembers _members;
    private readonly double _share;

    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">No group has two classes.</exception>
    public GroupShare(IExampleSet examples, double share, string parameter)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(parameter, share, "The share of dissimilar examples from the same group is between 0 and 1.");
        _members = new GroupMembers(examples);
        _share = share;
        if (share > 0 && Enumerable.Range(0, examples.Count).All(example => _members.Others(example) == 0))
            throw new ArgumentException("No group has two classes, so no dissimilar examples are of the same group. Give examples groups of several classes, or leave the share at 0.", parameter);
    }

    /// <summary>How many of a batch's dissimilar examples are of the same group.</summary>
    public int Of(int dissimilar) => (int)Math.Round(dissimilar * _share, MidpointRounding.AwayFromZero);

    /// <summary>A dissimilar example for one: of its group while some are left and it has any, of all others else.</summary>
    public int Draw(int example, ClassMembers all, ref int left, ref CounterRandom random)
    {
        if (left == 0 || _members.Others(example) == 0)
            return all.Dissimilar(example, ref random);
        left--;
        return _members.Dissimilar(example, ref random);
    }
}
