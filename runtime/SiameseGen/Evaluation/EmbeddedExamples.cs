using System.Runtime.InteropServices;
using SiameseGen.Data;

namespace SiameseGen.Evaluation;

/// <summary>Examples as points with a distance between them: what every protocol of evaluation works on.</summary>
/// <remarks>
/// An encoder's embeddings are one kind of point; raw inputs are another, so that the baseline of no learning at all goes through the same
/// protocols.
/// </remarks>
public sealed class EmbeddedExamples
{
    private readonly int[] _classes;
    private readonly int[] _groups;
    private readonly EmbeddingMatrix? _embeddings;
    private readonly Func<int, int, float>? _distance;

    /// <summary>Takes embeddings made elsewhere, such as means over several views of each example.</summary>
    /// <param name="embeddings">One row for each example.</param>
    /// <param name="distance">The distance between rows.</param>
    /// <param name="classes">The class of each example.</param>
    /// <param name="groups">The group of each example, such as its alphabet; empty for none.</param>
    /// <exception cref="ArgumentException">The numbers of rows, classes and groups differ, there are no examples, or a value is not a finite
    /// number.</exception>
    public EmbeddedExamples(EmbeddingMatrix embeddings, DistanceMetric distance, ReadOnlySpan<int> classes, ReadOnlySpan<int> groups = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Count == 0)
            throw new ArgumentException("There are no examples to evaluate.", nameof(embeddings));
        if (classes.Length != embeddings.Count)
            throw new ArgumentException($"There are {embeddings.Count} embeddings but {classes.Length} classes.", nameof(classes));
        for (int row = 0; row < embeddings.Count; row++)
        {
            foreach (float value in embeddings.Row(row))
            {
                if (!float.IsFinite(value))
                {
                    throw new ArgumentException(
                        $"The embedding of example {row} has the value {value}, which has no distance. The weights are damaged: train or load again.",
                        nameof(embeddings));
                }
            }
        }

        _embeddings = embeddings;
        AllowsManyReaders = true;
        Metric = distance;
        _classes = classes.ToArray();
        _groups = GroupsOf(classes.Length, groups);
    }

    private EmbeddedExamples(Func<int, int, float> distance, ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, bool allowsManyReaders)
    {
        ArgumentNullException.ThrowIfNull(distance);
        if (classes.IsEmpty)
            throw new ArgumentException("There are no examples to evaluate.", nameof(classes));
        _distance = distance;
        AllowsManyReaders = allowsManyReaders;
        _classes = classes.ToArray();
        _groups = GroupsOf(classes.Length, groups);
    }

    /// <summary>The points, one row for each example.</summary>
    /// <exception cref="InvalidOperationException">There are only distances: see <see cref="ByDistance"/>.</exception>
    public EmbeddingMatrix Embeddings => _embeddings ?? throw new InvalidOperationException(
        "These examples have distances but no points, and so no class means. Use a rule that needs distances only, such as FewShotRule.MeanDistance.");

    /// <summary>The distance between two points; without meaning where there are only distances.</summary>
    public DistanceMetric Metric { get; }

    /// <summary>Whether many threads may ask for distances at once: a function that was given may be one that only one can use.</summary>
    internal bool AllowsManyReaders { get; }

    /// <summary>Examples.</summary>
    public int Count => _classes.Length;

    /// <summary>The class of each example.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The group of each example; all zero when there are none.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>Embeds examples.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="examples">The examples.</param>
    /// <param name="team">The threads; null for one a core.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or an embedding is not finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public static EmbeddedExamples By<TEncoder>(
        TEncoder encoder, IExampleSet examples, WorkerTeam? team = null, CancellationToken cancellationToken = default)
        where TEncoder : class, IEncoder
    {
        EmbeddingMatrix embeddings = BulkEmbedder.EmbedAll(encoder, examples, team, null, cancellationToken);
        return new EmbeddedExamples(embeddings, TEncoder.Info.Distance, examples.Classes, examples.Groups);
    }

    /// <summary>Takes the inputs themselves as points: the baseline that learning has to beat.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="distance">The distance between inputs.</param>
    /// <exception cref="ArgumentException">A value is not a finite number.</exception>
    public static EmbeddedExamples RawInputs(IExampleSet examples, DistanceMetric distance = DistanceMetric.Euclidean)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var inputs = new EmbeddingMatrix(examples.Count, examples.InputLength);
        for (int i = 0; i < examples.Count; i++)
        {
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            examples.Read(i, inputs.Row(i), ref random);
        }

        return new EmbeddedExamples(inputs, distance, examples.Classes, examples.Groups);
    }

    /// <summary>
    /// Takes distances alone: of a method that has no embeddings, or sums over several views of each example. A matrix of distances is
    /// <c>(i, j) => matrix[i, j]</c>.
    /// </summary>
    /// <param name="distance">Gives the distance of two examples by their numbers: a finite number, smaller for more similar ones. Called often.</param>
    /// <param name="classes">The class of each example.</param>
    /// <param name="groups">The group of each example; empty for none.</param>
    /// <exception cref="ArgumentException">There are no examples, or the numbers of classes and groups differ.</exception>
    public static EmbeddedExamples ByDistance(Func<int, int, float> distance, ReadOnlySpan<int> classes, ReadOnlySpan<int> groups = default) =>
        new(distance, classes, groups, allowsManyReaders: false);

    /// <summary>The same of a function that many threads may use at once.</summary>
    internal static EmbeddedExamples BySharedDistance(Func<int, int, float> distance, ReadOnlySpan<int> classes, ReadOnlySpan<int> groups) =>
        new(distance, classes, groups, allowsManyReaders: true);

    /// <summary>The distance between two examples.</summary>
    /// <param name="left">One example.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ArgumentException">
    /// The distance given for the two is not a finite number, or their embeddings are so large that it overflows.
    /// </exception>
    public float Distance(int left, int right)
    {
        float distance = _distance?.Invoke(left, right) ?? Distances.Between(Metric, _embeddings!.Row(left), _embeddings.Row(right));
        return float.IsFinite(distance)
            ? distance
            : throw new ArgumentException($"The distance of examples {left} and {right} is {distance}; distances are finite numbers.");
    }

    /// <summary>Some of the examples.</summary>
    /// <param name="examples">Their numbers.</param>
    internal EmbeddedExamples Some(int[] examples)
    {
        int[] classes = [.. examples.Select(example => _classes[example])], groups = [.. examples.Select(example => _groups[example])];
        if (_embeddings is null)
            return new EmbeddedExamples((left, right) => _distance!(examples[left], examples[right]), classes, groups, AllowsManyReaders);
        var rows = new EmbeddingMatrix(examples.Length, _embeddings.Length);
        for (int i = 0; i < examples.Length; i++)
            _embeddings.Row(examples[i]).CopyTo(rows.Row(i));
        return new EmbeddedExamples(rows, Metric, classes, groups);
    }

    /// <summary>Tells embeddings from others; of distances alone there is no telling.</summary>
    internal int Fingerprint()
    {
        var hash = default(HashCode);
        for (int row = 0; row < (_embeddings?.Count ?? 0); row++)
            hash.AddBytes(MemoryMarshal.AsBytes(_embeddings!.Row(row)));
        return hash.ToHashCode();
    }

    /// <summary>Throws when embeddings are not those that had a fingerprint.</summary>
    /// <param name="fingerprint">From <see cref="Fingerprint"/>.</param>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    internal void EnsureFingerprint(int fingerprint)
    {
        if (Fingerprint() != fingerprint)
        {
            throw new InvalidOperationException(
                "The embeddings have changed since their pairs were scored, so that further figures would be of other pairs. Make the scores anew, or give EmbeddedExamples a matrix that nobody writes to.");
        }
    }

    private static int[] GroupsOf(int count, ReadOnlySpan<int> groups)
    {
        if (groups.IsEmpty)
            return new int[count];
        return groups.Length == count
            ? groups.ToArray()
            : throw new ArgumentException($"There are {count} examples but {groups.Length} groups.", nameof(groups));
    }
}
