using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>Triplets of an anchor, a positive of its class and a negative of another class.</summary>
/// <remarks>
/// <para>
/// In an epoch every example whose class has another one is the anchor of exactly one triplet; only the last batch, where it would be too short, is
/// filled up with the first ones of the epoch's order again. The positive is drawn from the other examples of the anchor's class, the negative
/// from all examples of other classes, each equally likely. An example that is alone in its class is never an anchor, but can be a negative.
/// </para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class TripletSampler : IBatchSampler
{
    private const int MostTriplets = int.MaxValue / 3;
    private readonly IExampleSet _examples;
    private readonly ClassMembers _members;
    private readonly AnchorOrder _anchors;
    private readonly int _triplets;
    private GroupShare? _sameGroup;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="triplets">Triplets in a batch, 1 or more.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <exception cref="ArgumentException">The examples have no triplets.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="triplets"/> is 0 or less, or so many that a batch's examples cannot be counted.</exception>
    public TripletSampler(IExampleSet examples, int triplets, int seed)
    {
        _members = new ClassMembers(examples);
        if (triplets > MostTriplets)
            throw new ArgumentOutOfRangeException(nameof(triplets), triplets, $"A batch has {MostTriplets} triplets at most.");
        if (triplets < 1)
            throw new ArgumentOutOfRangeException(nameof(triplets), triplets, "A batch has 1 triplet at least.");
        _examples = examples;
        _triplets = triplets;
        _anchors = new AnchorOrder([.. Enumerable.Range(0, _members.Count).Where(_members.HasPartner)], triplets, seed);
    }

    /// <summary>
    /// The share of negatives that are of the anchor's group, such as letters of the same alphabet, from 0 to 1; rounded. They are harder to tell apart than any classes. A batch has fewer of them only where so many of its
    /// anchors are of groups without another class. The others are drawn from all classes.
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
    public BatchStructure Structure => BatchStructure.Triplets;

    /// <inheritdoc/>
    public int BatchSize => 3 * _triplets;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _anchors.Batches;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        Span<int> anchors = batch.Items[.._triplets], positives = batch.Items.Slice(_triplets, _triplets), negatives = batch.Items[(2 * _triplets)..];
        CounterRandom random = _anchors.Fill(anchors, epoch, index);
        int sameGroup = _sameGroup?.Of(_triplets) ?? 0;
        for (int i = 0; i < _triplets; i++)
        {
            positives[i] = _members.Similar(anchors[i], ref random);
            negatives[i] = _sameGroup is null
                ? _members.Dissimilar(anchors[i], ref random)
                : _sameGroup.Draw(anchors[i], _members, ref sameGroup, ref random);
        }

        SamplerChecks.Label(batch, _examples);
    }
}
