using SiameseGen.Data;
using SiameseGen.Mining;
using SiameseGen.Search;

namespace SiameseGen.Sampling;

/// <summary>Triplets of which a share has a negative that is among the closest of the whole set, found anew every few epochs.</summary>
/// <remarks>
/// <para>Anchors and positives are those of a <see cref="TripletSampler"/>. Before the first <see cref="Mine"/> all negatives are drawn from all examples of other classes.</para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class HardTripletSampler : IMiningSampler
{
    private readonly IExampleSet _examples;
    private readonly TripletSampler _plain;
    private readonly HardNegativeOptions _options;
    private readonly int _triplets;
    private readonly int _seed;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="triplets">Triplets in a batch, 1 or more.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <param name="options">How many negatives an example has to draw from, and the guard against wrong labels; null for the defaults.</param>
    /// <exception cref="ArgumentException">The examples have no triplets, or the options are for another number of examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public HardTripletSampler(IExampleSet examples, int triplets, int seed, HardNegativeOptions? options = null)
    {
        _plain = new TripletSampler(examples, triplets, seed);
        _examples = examples;
        _triplets = triplets;
        _seed = seed;
        _options = options ?? new HardNegativeOptions();
        _options.CheckFor(examples.Count);
    }

    /// <summary>The share of triplets with a hard negative, from 0 to 1; rounded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double HardShare
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of hard negatives is between 0 and 1.");
    } = 0.5;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MineEvery
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Epochs between two looks are 1 or more.");
    } = 1;

    /// <summary>What the latest look has found; null before it.</summary>
    public HardNegatives? Negatives { get; private set; }

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Triplets;

    /// <inheritdoc/>
    public int BatchSize => _plain.BatchSize;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _plain.BatchesPerEpoch;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not one embedding for each example, or one is not finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public void Mine(EmbeddingMatrix embeddings, DistanceMetric metric, WorkerTeam? team = null, CancellationToken cancellationToken = default) =>
        Negatives = HardNegatives.Find(embeddings, metric, _examples.Classes, _options, team, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        _plain.Fill(batch, epoch, index);
        if (Negatives is not { } found)
            return;
        ReadOnlySpan<int> anchors = batch.Items[.._triplets];
        Span<int> negatives = batch.Items[(2 * _triplets)..];

        // The order of the anchors is random, so the first are as good as any.
        var random = new CounterRandom((ulong)(uint)_seed, CounterRandom.Purpose.Mining, (uint)index, (ulong)epoch);
        int hard = (int)Math.Round(_triplets * HardShare, MidpointRounding.AwayFromZero);
        for (int i = 0; i < _triplets && hard > 0; i++)
        {
            ReadOnlySpan<Neighbor> own = found.Of(anchors[i]);
            if (own.IsEmpty)
                continue;
            negatives[i] = own[random.NextInt32(own.Length)].Index;
            hard--;
        }

        SamplerChecks.Label(batch, _examples);
    }
}
