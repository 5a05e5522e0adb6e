namespace SiameseGen.Verification;

/// <summary>Tells classes apart of which it has seen a few examples each, the support set, without any further training.</summary>
/// <remarks>Examples may be added while nobody classifies; any number of threads may classify at the same time.</remarks>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class FewShotClassifier<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly List<string> _labels = [];
    private readonly List<List<float[]>> _support = [];
    private readonly List<float[]> _prototypes = [];

    // Those of the first example. Until there is one, the encoder may be trained.
    private KnownWeights? _weights;

    /// <summary>Makes a classifier that knows no class.</summary>
    /// <param name="encoder">The encoder. Once it is trained any further than at the first example, every call throws a <see cref="CalibrationException"/>.</param>
    /// <param name="rule">How near a class is.</param>
    /// <param name="neighbors">The k of <see cref="SupportRule.NearestNeighbors"/>, 1 or more; unused otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rule, or k is below 1.</exception>
    public FewShotClassifier(TEncoder encoder, SupportRule rule = SupportRule.Prototype, int neighbors = 3)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (!Enum.IsDefined(rule))
            throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such rule.");
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbors, 1);
        _encoder = encoder;
        Rule = rule;
        Neighbors = neighbors;
    }

    /// <summary>How near a class is.</summary>
    public SupportRule Rule { get; }

    /// <summary>The k of <see cref="SupportRule.NearestNeighbors"/>.</summary>
    public int Neighbors { get; }

    /// <summary>The classes, in the order in which they were first seen.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Adds an example to the support set.</summary>
    /// <param name="label">Its class.</param>
    /// <param name="input">The example, as the encoder takes it.</param>
    /// <exception cref="ArgumentException">The label is empty, or the input has the wrong length or no finite embedding.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since the first example.</exception>
    public void Add(string label, ReadOnlySpan<float> input)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        KnownWeights weights = _weights ?? new KnownWeights(_encoder.Parameters);
        float[] embedding = Embed(input, weights);
        _weights = weights;
        int index = _labels.IndexOf(label);
        if (index < 0)
        {
            index = _labels.Count;
            _labels.Add(label);
            _support.Add([]);
            _prototypes.Add(new float[embedding.Length]);
        }

        List<float[]> examples = _support[index];
        examples.Add(embedding);
        for (int k = 0; k < embedding.Length; k++)
        {
            double sum = 0;
            foreach (float[] example in examples)
                sum += example[k];
            _prototypes[index][k] = (float)(sum / examples.Count);
        }
    }

    /// <summary>The class of an input.</summary>
    /// <param name="input">The input.</param>
    /// <returns>The nearest class by the rule, of equally near ones the first that was added.</returns>
    /// <exception cref="InvalidOperationException">There is no example yet.</exception>
    /// <exception cref="ArgumentException">The input has the wrong length or no finite embedding.</exception>
    /// <exception cref="CalibrationException">The encoder's weights have changed since the first example.</exception>
    public FewShotAnswer Classify(ReadOnlySpan<float> input)
    {
        if (_weights is null)
            throw new InvalidOperationException("There is nothing to compare with. Add an example of each class first.");
        float[] query = Embed(input, _weights);
        return Rule is SupportRule.NearestNeighbors ? ByVote(query) : ByDistance(query);
    }

    private FewShotAnswer ByDistance(float[] query)
    {
        int best = 0;
        float nearest = float.PositiveInfinity;
        for (int i = 0; i < _labels.Count; i++)
        {
            float distance = Rule is SupportRule.Prototype ? Between(query, _prototypes[i]) : _support[i].Min(example => Between(query, example));
            if (distance < nearest)
                (best, nearest) = (i, distance);
        }

        return new FewShotAnswer(_labels[best], new Distance(nearest));
    }

    // The k nearest examples vote; where classes have as many votes, the one whose nearest example is closer wins.
    private FewShotAnswer ByVote(float[] query)
    {
        var nearest = _support.SelectMany((examples, label) => examples.Select(example => (label, distance: Between(query, example))))
            .OrderBy(entry => entry.distance).Take(Neighbors)
            .GroupBy(entry => entry.label, entry => entry.distance)
            .OrderByDescending(votes => votes.Count()).ThenBy(votes => votes.Min()).First();
        return new FewShotAnswer(_labels[nearest.Key], new Distance(nearest.Min()));
    }

    private float[] Embed(ReadOnlySpan<float> input, KnownWeights weights)
    {
        if (!weights.AreThere())
        {
            throw new CalibrationException(
                $"The weights of {TEncoder.Info.Name} have changed since the first example was added, so that distances to the examples mean nothing any more. Make a new classifier and add them again.");
        }

        float[] embedding = new float[TEncoder.Info.EmbeddingLength];
        _encoder.Embed(input, embedding);
        return Array.TrueForAll(embedding, float.IsFinite)
            ? embedding
            : throw new ArgumentException($"{TEncoder.Info.Name} has no finite embedding of the input: it holds values that are not finite, or far too large.", nameof(input));
    }

    private static float Between(float[] a, float[] b) => Distances.Between(TEncoder.Info.Distance, a, b);
}

/// <summary>How near a class is to a query.</summary>
public enum SupportRule
{
    /// <summary>As near as the mean of its embeddings (Snell, Swersky and Zemel, "Prototypical Networks for Few-shot Learning", 2017).</summary>
    Prototype,

    /// <summary>As near as its nearest example.</summary>
    Nearest,

    /// <summary>By votes of the k nearest examples.</summary>
    NearestNeighbors,
}

/// <summary>A class, and how near it is.</summary>
/// <param name="Label">The class.</param>
/// <param name="Distance">The distance to its prototype or nearest example.</param>
public readonly record struct FewShotAnswer(string Label, Distance Distance);
