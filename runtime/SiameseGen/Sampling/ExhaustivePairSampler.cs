using SiameseGen.Data;
using SiameseGen.Losses;

namespace SiameseGen.Sampling;

/// <summary>Every pair of a set exactly once an epoch, in an order that is new in every epoch and is never listed: memory does not grow with the number of pairs.</summary>
/// <remarks>
/// <para>
/// Pairs are without order. Batches have similar and dissimilar pairs in the proportion of the whole, and sizes that differ by one pair at most. A set of n examples has n (n − 1) / 2 pairs, nearly all of them dissimilar: for larger sets
/// take all similar pairs with some of the dissimilar ones (<see cref="SimilarShare"/>), or dissimilar pairs within groups only.
/// </para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class ExhaustivePairSampler : IBatchSampler
{
    private const int FewestPairs = 2;
    private const int MostPairs = int.MaxValue / 2;
    private const uint OfSimilar = uint.MaxValue - 1, OfDissimilar = uint.MaxValue - 2;
    private readonly IExampleSet _examples;
    private readonly PairSpace _space;
    private readonly int _pairs;
    private readonly int _seed;
    private long _dissimilar;
    private EvenParts _batches;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="pairs">Most pairs in a batch, 2 or more.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <param name="withinGroups">Whether dissimilar pairs are taken within groups only, such as letters of one alphabet; similar ones always are.</param>
    /// <exception cref="ArgumentException">The examples have no similar or no dissimilar pairs, or an epoch would have more than 2³¹ − 1 batches.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is less than 2, or so many that a batch's examples cannot be counted.</exception>
    public ExhaustivePairSampler(IExampleSet examples, int pairs, int seed, bool withinGroups = false)
    {
        _space = new PairSpace(examples, withinGroups);
        if (pairs is < FewestPairs or > MostPairs)
            throw new ArgumentOutOfRangeException(nameof(pairs), pairs, $"A batch has {FewestPairs} to {MostPairs} pairs.");
        _examples = examples;
        _pairs = pairs;
        _seed = seed;
        _dissimilar = _space.Dissimilar;
        _batches = new EvenParts(_space.Similar + _dissimilar, pairs, "pairs");
    }

    /// <summary>
    /// The share of similar pairs in an epoch, above 0 and below 1: every similar pair once, and as many dissimilar ones as this leaves room for, or all if these are fewer. Epoch after epoch takes other dissimilar pairs,
    /// until all have been seen exactly once; then they begin anew in another order. Null for every dissimilar pair in every epoch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and below 1.</exception>
    public double? SimilarShare
    {
        get;
        init
        {
            if (value is not (null or (> 0 and < 1)))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The share of similar pairs is above 0 and below 1: a loss needs both kinds.");
            field = value;
            _dissimilar = value is { } share
                ? (long)Math.Clamp(Math.Round(_space.Similar * (1 - share) / share), 1, _space.Dissimilar)
                : _space.Dissimilar;
            _batches = new EvenParts(PairsPerEpoch, _pairs, "pairs");
        }
    }

    /// <summary>Pairs in one epoch.</summary>
    public long PairsPerEpoch => _space.Similar + _dissimilar;

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Pairs;

    /// <inheritdoc/>
    public int BatchSize => 2 * _pairs;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _batches.Parts;

    /// <inheritdoc/>
    /// <remarks>Similar pairs come first. A batch may have fewer items than <see cref="BatchSize"/>.</remarks>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        long start = _batches.Start(index), end = _batches.Start(index + 1);
        long similarStart = EvenParts.Share(_space.Similar, start, PairsPerEpoch), similarEnd = EvenParts.Share(_space.Similar, end, PairsPerEpoch);
        int pairs = (int)(end - start), similar = (int)(similarEnd - similarStart);
        batch.Count = 2 * pairs;
        Span<int> first = batch.Items[..pairs], second = batch.Items[pairs..];
        for (int i = 0; i < pairs; i++)
            batch.PairLabels[i] = i < similar ? PairLabel.Similar : PairLabel.Dissimilar;

        Permutation order = Order(_space.Similar, OfSimilar, epoch);
        for (int i = 0; i < similar; i++)
            (first[i], second[i]) = _space.SimilarPair(order[similarStart + i]);

        // Dissimilar pairs go on where the epoch before has ended, round after round.
        long round = -1;
        for (int i = similar; i < pairs; i++)
        {
            (Int128 own, Int128 place) = Int128.DivRem(((Int128)epoch * _dissimilar) + (start - similarStart) + (i - similar), _space.Dissimilar);
            if (own != round)
            {
                round = (long)own;
                order = Order(_space.Dissimilar, OfDissimilar, round);
            }

            (first[i], second[i]) = _space.DissimilarPair(order[(long)place]);
        }

        SamplerChecks.Label(batch, _examples);
    }

    private Permutation Order(long count, uint what, long round)
    {
        var random = new CounterRandom((ulong)(uint)_seed, CounterRandom.Purpose.Sampling, what, (ulong)round);
        return new Permutation(count, ref random);
    }
}
