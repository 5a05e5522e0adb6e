using SiameseGen.Mining;

namespace SiameseGen.Losses;

/// <summary>Memory in which losses work. What only batches of classes need is allocated for the first of them, and then kept.</summary>
public sealed class LossWorkspace
{
    private float[]? _distances;
    private float[]? _distanceGradients;
    private float[]? _rows;
    private float[]? _columns;
    private float[]? _lengths;
    private float[]? _logits;
    private float[]? _weights;
    private float[]? _cosines;
    private float[]? _cosineGradients;
    private byte[]? _roles;
    private bool[]? _chosen;
    private int[]? _listed;
    private float[]? _partGradients;
    private DistanceWeights? _distanceWeights;
    private AnchorFinds? _finds;
    private float[]? _joined;
    private int[]? _joinedClasses;
    private readonly float[]?[] _scratch = new float[]?[8];
    private readonly LossWeights? _learned;

    /// <summary>Allocates a workspace.</summary>
    /// <param name="capacity">Most items of a batch.</param>
    /// <param name="embeddingLength">Floats in one embedding.</param>
    public LossWorkspace(int capacity, int embeddingLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingLength);
        Capacity = capacity;
        EmbeddingLength = embeddingLength;
    }

    /// <summary>Most items of a batch.</summary>
    public int Capacity { get; }

    /// <summary>What the loss learns, for one that does (<see cref="EmbeddingLoss.CreateWeights"/>); while a part of a sum is evaluated, what that part learns.</summary>
    public LossWeights? Learned
    {
        get => LearnedPart ?? _learned;
        init => _learned = value;
    }

    /// <summary>What the part of a sum learns that is evaluated; null for parts that learn nothing.</summary>
    internal LossWeights? LearnedPart { get; set; }

    /// <summary>Chooses the pairs and triplets of a batch of classes; null to take all of them, and for a part of a sum that has nothing to choose from.</summary>
    public Miner? Miner
    {
        get => HidesMiner ? null : field;
        init;
    }

    /// <summary>Whether the part of a sum that is evaluated goes without the miner.</summary>
    internal bool HidesMiner { get; set; }

    /// <summary>Embeddings of earlier batches, for losses that take them (<see cref="EmbeddingLoss.AcceptsMemory"/>) over batches of classes; null for none. Who evaluates the loss adds each batch to it afterwards.</summary>
    public CrossBatchMemory? Memory { get; init; }

    /// <summary>Training steps made before this one, for miners that choose by chance.</summary>
    public ulong Step { get; set; }

    /// <summary>How much of training is done, from 0 to 1, for miners that change with it.</summary>
    public float Progress { get; set; }

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength { get; }

    /// <summary>The distance between any two items, row by row.</summary>
    /// <exception cref="InvalidOperationException">So many items have more distances than an array holds.</exception>
    public float[] Distances => _distances ??= Matrix();

    /// <summary>d loss / d distance between any two items, row by row.</summary>
    /// <exception cref="InvalidOperationException">So many items have more distances than an array holds.</exception>
    public float[] DistanceGradients => _distanceGradients ??= Matrix();

    /// <summary>Whether there is anything to remember.</summary>
    internal bool HasMemory => Memory is { Count: > 0 };

    // What an item is compared with at most.
    private int Compared => checked(Capacity + (Memory?.Capacity ?? 0));

    /// <summary>The embeddings of a batch, and behind them what is remembered.</summary>
    internal float[] Joined => _joined ??= new float[(long)Compared * EmbeddingLength];

    /// <summary>The classes of a batch, and behind them those of what is remembered.</summary>
    internal ReadOnlySpan<int> Join(ReadOnlySpan<int> classes)
    {
        _joinedClasses ??= new int[Compared];
        classes.CopyTo(_joinedClasses);
        Memory!.Classes.CopyTo(_joinedClasses.AsSpan(classes.Length));
        return _joinedClasses.AsSpan(0, classes.Length + Memory.Count);
    }

    /// <summary>The embeddings as the distance sees them: of length 1 for the cosine, centred for the signal-to-noise ratio.</summary>
    internal float[] Rows => _rows ??= new float[(long)Compared * EmbeddingLength];

    /// <summary>The same in panels, value after value.</summary>
    internal float[] Columns => _columns ??= new float[(long)DistanceTiles.Padded(Compared) * EmbeddingLength];

    /// <summary>A number for each item, such as its length.</summary>
    internal float[] Lengths => _lengths ??= new float[Compared];

    /// <summary>A number for each pair of an anchor.</summary>
    internal float[] Logits => _logits ??= new float[Math.Max(2 * Compared, _learned?.Count ?? 0)];

    /// <summary>Another one.</summary>
    internal float[] Weights => _weights ??= new float[Math.Max(2 * Compared, _learned?.Count ?? 0)];

    internal byte[] Roles => _roles ??= new byte[Compared];

    /// <summary>The gradients of one loss of several.</summary>
    internal float[] PartGradients => _partGradients ??= new float[(long)Capacity * EmbeddingLength];

    /// <summary>How often the distances have been computed, so that what was worked out from them is known to be out of date.</summary>
    internal int Evaluations { get; private set; }

    /// <summary>Items of the batch whose distances were computed last: each has a row of them.</summary>
    internal int Items { get; private set; }

    /// <summary>Begins to compute the distances of a batch.</summary>
    /// <param name="items">Its items.</param>
    internal void Begin(int items)
    {
        Evaluations++;
        Items = items;
    }

    /// <summary>What the distance-weighted miner works out of the distances.</summary>
    internal DistanceWeights DistanceWeights => _distanceWeights ??= new DistanceWeights(Compared);

    /// <summary>What miners last found.</summary>
    internal AnchorFinds Finds => _finds ??= new AnchorFinds();

    internal int[] Listed => _listed ??= new int[Math.Max(Math.Max(Compared, EmbeddingLength), _learned is null ? 0 : Math.Max(_learned.Count, _learned.Values.Length / EmbeddingLength))];

    /// <summary>Memory that one loss uses while it is computed, allocated when it is first asked for.</summary>
    /// <param name="number">Which, from 0 to 7.</param>
    /// <param name="length">At least so many floats.</param>
    internal float[] Scratch(int number, int length)
    {
        ref float[]? scratch = ref _scratch[number];
        if (scratch is null || scratch.Length < length)
            scratch = new float[length];
        return scratch;
    }

    internal bool[] Chosen => _chosen ??= new bool[Compared];

    /// <summary>The cosine of each embedding and each learned weight vector.</summary>
    internal float[] Cosines => _cosines ??= new float[(long)Capacity * _learned!.Count];

    /// <summary>d loss / d cosine.</summary>
    internal float[] CosineGradients => _cosineGradients ??= new float[(long)Capacity * _learned!.Count];

    private float[] Matrix()
    {
        long length = (long)Capacity * Compared;
        return length <= Array.MaxLength
            ? new float[length]
            : throw new InvalidOperationException(
                $"A batch of classes with {Capacity} items has {length} distances, more than fit into memory. Use a smaller batch.");
    }
}
