using SiameseGen.Data;
using SiameseGen.Losses;

namespace SiameseGen.Sampling;

/// <summary>Pairs of examples, similar and dissimilar ones in every batch.</summary>
/// <remarks>
/// <para>
/// In an epoch every example is the first branch of exactly one pair; only the last batch, where it would be too short, is filled up with the
/// first ones of the epoch's order again. The second branch is drawn: for a similar pair from the other examples of the same class, for a
/// dissimilar one from all examples of other classes, each equally likely.
/// </para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class PairSampler : IBatchSampler
{
    private const int FewestPairs = 2;
    private const int MostPairs = int.MaxValue / 2;
    private readonly IExampleSet _examples;
    private readonly ClassMembers _members;
    private readonly AnchorOrder _anchors;
    private readonly int _pairs;
    private GroupShare? _sameGroup;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="pairs">Pairs in a batch, 2 or more, so that it can have both kinds.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <exception cref="ArgumentException">The examples have no similar or no dissimilar pairs.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is less than 2, or so many that a batch's examples cannot be counted.</exception>
    public PairSampler(IExampleSet examples, int pairs, int seed)
    {
        _members = new ClassMembers(examples);
        if (pairs > MostPairs)
            throw new ArgumentOutOfRangeException(nameof(pairs), pairs, $"A batch has {MostPairs} pairs at most.");
        if (pairs < FewestPairs)
            throw new ArgumentOutOfRangeException(nameof(pairs), pairs, $"A batch has {FewestPairs} pairs at least, so that some are similar and some are not.");
        _examples = examples;
        _pairs = pairs;
        _anchors = new AnchorOrder([.. Enumerable.Range(0, _members.Count)], pairs, seed);
    }

    /// <summary>
    /// The share of similar pairs in a batch, above 0 and below 1; rounded, but one pair of each kind at least. A batch has fewer similar ones only where so
    /// many of its examples are alone in their class.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and below 1.</exception>
    public double SimilarShare
    {
        get;
        init => field = value > 0 && value < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of similar pairs is above 0 and below 1: a loss needs both kinds.");
    } = 0.5;

    /// <summary>
    /// The share of dissimilar pairs that are of one group, such as two letters of one alphabet, from 0 to 1; rounded. They are harder to tell apart than pairs of any classes. A batch has fewer of them only where so many of its
    /// examples are of groups without another class. The others are drawn from all classes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">The value is above 0, and no group has two classes.</exception>
    public double SameGroupShare
    {
        get;
        init
        {
            _sameGroup = new GroupShare(_examples, value, nameof(value));
            field = value;
        }
    }

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Pairs;

    /// <inheritdoc/>
    public int BatchSize => 2 * _pairs;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _anchors.Batches;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        Span<int> first = batch.Items[.._pairs], second = batch.Items[_pairs..];
        Span<PairLabel> labels = batch.PairLabels;
        CounterRandom random = _anchors.Fill(first, epoch, index);
        int similar = Math.Clamp((int)Math.Round(_pairs * SimilarShare, MidpointRounding.AwayFromZero), 1, _pairs - 1);
        int sameGroup = _sameGroup?.Of(_pairs - similar) ?? 0;
        for (int i = 0; i < _pairs; i++)
        {
            // The order of the anchors is random, so the first that have a partner are as good as any.
            bool isSimilar = similar > 0 && _members.HasPartner(first[i]);
            similar -= isSimilar ? 1 : 0;
            labels[i] = isSimilar ? PairLabel.Similar : PairLabel.Dissimilar;
            second[i] = isSimilar ? _members.Similar(first[i], ref random)
                : _sameGroup is null ? _members.Dissimilar(first[i], ref random)
                : _sameGroup.Draw(first[i], _members, ref sameGroup, ref random);
        }

        SamplerChecks.Label(batch, _examples);
    }
}
