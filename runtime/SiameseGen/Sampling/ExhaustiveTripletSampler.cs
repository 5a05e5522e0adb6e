using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>
/// Every anchor with every positive exactly once an epoch, each with a negative by chance or, with <see cref="EveryNegative"/>, with every negative. The order is new in every epoch and never listed.
/// </summary>
/// <remarks>
/// <para>An example that is alone in its class is never an anchor, but can be a negative. Batches' sizes differ by one triplet at most.</para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class ExhaustiveTripletSampler : IBatchSampler
{
    private const int MostTriplets = int.MaxValue / 3;
    private const uint OfTriplets = uint.MaxValue - 1;
    private readonly IExampleSet _examples;
    private readonly PairSpace _space;
    private readonly int _triplets;
    private readonly int _seed;
    private EvenParts _batches;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="triplets">Most triplets in a batch, 1 or more.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <param name="withinGroups">Whether negatives are of the anchor's group, such as letters of one alphabet. Anchors whose group has no other class are left out then.</param>
    /// <exception cref="ArgumentException">The examples have no triplets, or an epoch would have more than 2³¹ − 1 batches.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="triplets"/> is 0 or less, or so many that a batch's examples cannot be counted.</exception>
    public ExhaustiveTripletSampler(IExampleSet examples, int triplets, int seed, bool withinGroups = false)
    {
        _space = new PairSpace(examples, withinGroups);
        if (triplets is < 1 or > MostTriplets)
            throw new ArgumentOutOfRangeException(nameof(triplets), triplets, $"A batch has 1 to {MostTriplets} triplets.");
        _examples = examples;
        _triplets = triplets;
        _seed = seed;
        _batches = new EvenParts(TripletsPerEpoch, triplets, "triplets");
    }

    /// <summary>Whether each anchor and positive are taken with every negative rather than with one by chance: n times as many triplets, of which most soon have no loss.</summary>
    /// <exception cref="ArgumentException">An epoch would have more than 2³¹ − 1 batches.</exception>
    public bool EveryNegative
    {
        get;
        init
        {
            field = value;
            _batches = new EvenParts(TripletsPerEpoch, _triplets, "triplets");
        }
    }

    /// <summary>Triplets in one epoch.</summary>
    public long TripletsPerEpoch => EveryNegative ? _space.Triplets : _space.AnchorPositives;

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Triplets;

    /// <inheritdoc/>
    public int BatchSize => 3 * _triplets;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _batches.Parts;

    /// <inheritdoc/>
    /// <remarks>A batch may have fewer items than <see cref="BatchSize"/>.</remarks>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        long start = _batches.Start(index);
        int triplets = (int)(_batches.Start(index + 1) - start);
        batch.Count = 3 * triplets;
        Span<int> anchors = batch.Items[..triplets], positives = batch.Items.Slice(triplets, triplets), negatives = batch.Items[(2 * triplets)..];
        CounterRandom ofOrder = Random(OfTriplets, epoch), random = Random((uint)index, epoch);
        var order = new Permutation(TripletsPerEpoch, ref ofOrder);
        for (int i = 0; i < triplets; i++)
        {
            long number = order[start + i];
            (anchors[i], positives[i], negatives[i]) = EveryNegative ? _space.Triplet(number) : _space.Triplet(number, ref random);
        }

        SamplerChecks.Label(batch, _examples);
    }

    private CounterRandom Random(uint what, int epoch) => new((ulong)(uint)_seed, CounterRandom.Purpose.Sampling, what, (ulong)epoch);
}
