using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SiameseGen.Persistence;

namespace SiameseGen.Losses;

/// <summary>
/// Weights that a loss learns beside the encoder's, such as one or more vectors for each class of the training set, or a boundary. They serve training; an encoder is used without them.
/// </summary>
/// <remarks>
/// Weights of classes go by the numbers of classes. Once a trainer has seen a training set with names of classes (<see cref="Data.IExampleSet.ClassNames"/>), the weights and their file know a fingerprint of these names in their order, and
/// other classes or the same in another order are refused. Of a set without names nothing is known but how many classes it has: then it is up to the caller that number i means the same class.
/// </remarks>
public sealed class LossWeights
{
    private const string ClassesKey = Safetensors.KeyPrefix + "classes";
    private readonly float[] _gradients;

    // Where the weights of a part of a sum lie.
    private LossWeights? _whole;
    private int _start;

    /// <summary>Makes vectors of classes with random directions and a length of about 1.</summary>
    /// <param name="loss">The loss's name.</param>
    /// <param name="classes">The classes of the training set.</param>
    /// <param name="perClass">Vectors a class.</param>
    /// <param name="embeddingLength">Floats in one vector.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for these weights.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    internal LossWeights(string loss, int classes, int perClass, int embeddingLength, float learningRateFactor, int seed)
        : this(
            loss, string.Create(CultureInfo.InvariantCulture, $"{classes} classes of {perClass} vectors of {embeddingLength}"), classes, perClass, embeddingLength, learningRateFactor, seed,
            new ParameterTensor("loss.weight", 0, [checked(classes * perClass), embeddingLength], ParameterRole.Weight, Initializer.LeCunNormal, embeddingLength, classes))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingLength);
        Rows = new float[Values.Length];
        Columns = new float[DistanceTiles.Padded(Count) * embeddingLength];
        Lengths = new float[Count];
    }

    /// <summary>Makes weights of any shape.</summary>
    /// <param name="loss">The loss's name.</param>
    /// <param name="shape">Their shape in words: weights are interchangeable where loss and shape are equal.</param>
    /// <param name="classes">The classes that they belong to; 0 when all classes share them.</param>
    /// <param name="perClass">Vectors a class; 0 when they are no vectors of classes.</param>
    /// <param name="embeddingLength">Floats in one embedding.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for these weights.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    /// <param name="tensors">The tensors, one after the other.</param>
    internal LossWeights(
        string loss, string shape, int classes, int perClass, int embeddingLength, float learningRateFactor, int seed, params ParameterTensor[] tensors)
        : this(loss, shape, classes, perClass, embeddingLength, seed, [.. tensors.Select(tensor => tensor with { LearningRateFactor = learningRateFactor, WeightDecayFactor = 0f })])
    {
    }

    private LossWeights(string loss, string shape, int classes, int perClass, int embeddingLength, int seed, ParameterTensor[] tensors)
    {
        Loss = loss;
        Classes = classes;
        PerClass = perClass;
        EmbeddingLength = embeddingLength;
        string architecture = $"loss {loss}; {shape}";
        int length = tensors.Sum(tensor => tensor.Length);
        Parameters = new Parameters(
            new EncoderInfo
            {
                Name = $"{loss} loss",
                Input = new InputShape(1, 1, embeddingLength, IsImage: false),
                EmbeddingLength = embeddingLength,
                ParameterCount = length,
                StateCount = 0,
                Tensors = [.. tensors],
                Architecture = architecture,
                Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(architecture))),
                Training = default,
                Inference = default,
                Distance = DistanceMetric.Cosine,
            },
            seed);
        _gradients = new float[length];
        Parts = [this];
    }

    /// <summary>Makes one of the weights of several losses, which lie in it from here on.</summary>
    /// <param name="parts">The weights of each, in the order of the losses; two or more.</param>
    internal static LossWeights Join(LossWeights[] parts)
    {
        List<ParameterTensor> tensors = [];
        List<int> starts = [];
        int start = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            starts.Add(start);
            foreach (ParameterTensor tensor in parts[part].Parameters.Info.Tensors)
            {
                tensors.Add(tensor with { Name = string.Create(CultureInfo.InvariantCulture, $"part{part + 1}.{tensor.Name}"), Offset = start + tensor.Offset });
            }

            start += parts[part].Values.Length;
        }

        string shape = string.Join("; ", parts.Select(part => part.Parameters.Info.Architecture));
        var whole = new LossWeights(string.Join(" + ", parts.Select(part => part.Loss)), shape, parts.Max(part => part.Classes), 0, parts[0].EmbeddingLength, 0, [.. tensors]);
        for (int part = 0; part < parts.Length; part++)
        {
            parts[part].Values.CopyTo(whole.Values[starts[part]..]);
            (parts[part]._whole, parts[part]._start) = (whole, starts[part]);
        }

        whole.Parts = parts;
        return whole;
    }

    /// <summary>Of a sum of losses the weights of each that learns any, in their order; of one loss, these weights themselves. Parts of one shape begin with equal weights; gradients are clipped by the norm of all of them.</summary>
    public IReadOnlyList<LossWeights> Parts { get; private set; }

    /// <summary>The classes of the training set that there are weights for; 0 for weights that all classes share.</summary>
    public int Classes { get; }

    /// <summary>Vectors a class; 0 for weights that are no vectors of classes, and for those of a sum, whose <see cref="Parts"/> have their own.</summary>
    public int PerClass { get; }

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength { get; }

    /// <summary>All weights: of vectors those of class 0, those of class 1, and so on; the loss's documentation tells the order of others. Of a sum, those of one part after those of another.</summary>
    public Span<float> Values => _whole is null ? Parameters.Values : _whole.Values.Slice(_start, _gradients.Length);

    /// <summary>The gradient of the last loss with respect to them.</summary>
    public Span<float> Gradients => _whole is null ? _gradients : _whole.Gradients.Slice(_start, _gradients.Length);

    /// <summary>The name of the loss.</summary>
    internal string Loss { get; }

    /// <summary>The fingerprint of the classes' names in the order of their numbers; null where no names have been seen.</summary>
    internal string? ClassNames { get; set; }

    /// <summary>The fingerprint as a note of a file; none without one.</summary>
    internal KeyValuePair<string, string>[] Notes => ClassNames is { } names ? [KeyValuePair.Create(ClassesKey, names)] : [];

    /// <summary>Vectors in all; of a sum those of the part that has most.</summary>
    internal int Count => Parts.Count > 1 ? Parts.Max(part => part.Count) : Classes * PerClass;

    /// <summary>The weights as training keeps them; a part of a sum has only what it began with here.</summary>
    internal Parameters Parameters { get; }

    /// <summary>The vectors at length 1.</summary>
    internal float[] Rows { get; } = [];

    internal float[] Columns { get; } = [];

    /// <summary>One over the length of each vector.</summary>
    internal float[] Lengths { get; } = [];

    /// <summary>Writes the weights to a file in the safetensors format, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <inheritdoc cref="Safetensors.Save(SiameseGen.Parameters, string)" path="/exception"/>
    /// <exception cref="InvalidOperationException">These are the weights of one part of a sum.</exception>
    public void Save(string path)
    {
        EnsureWhole();
        Safetensors.SaveWithNotes(Parameters, path, Notes);
    }

    /// <summary>The weights that a loss finds in its workspace.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="workspace">Its workspace.</param>
    /// <param name="batch">The batch, whose classes they are to be for.</param>
    /// <param name="perClass">Vectors a class; 0 for weights that are no vectors.</param>
    /// <exception cref="InvalidOperationException">The workspace has none.</exception>
    /// <exception cref="ArgumentException">They are another loss's, or the batch has a class that they are not for.</exception>
    internal static LossWeights Required(EmbeddingLoss loss, LossWorkspace workspace, Sampling.Batch batch, int perClass)
    {
        LossWeights weights = workspace.Learned
            ?? throw new InvalidOperationException(
                $"The {loss.Name} loss learns weights: make its workspace with those of {nameof(EmbeddingLoss.CreateWeights)} as {nameof(LossWorkspace.Learned)}.");
        if (weights.PerClass != perClass || (perClass == 0 && weights.Loss != loss.Name) || weights.EmbeddingLength != workspace.EmbeddingLength)
            throw new ArgumentException($"The workspace's learned weights are not those of a {loss.Name} loss of embeddings of {workspace.EmbeddingLength} floats.", nameof(workspace));
        foreach (int number in batch.Classes)
        {
            if (weights.Classes > 0 && (uint)number >= (uint)weights.Classes)
                throw new ArgumentException($"The batch has an item of class {number}, and the {loss.Name} loss has learned weights for classes 0 to {weights.Classes - 1}.", nameof(batch));
        }

        return weights;
    }

    /// <summary>Reads weights of the same loss and as many classes from a file. All of it is checked before the first weight changes.</summary>
    /// <remarks>Where both the file and these weights know the names of their classes, they have to be the same in the same order: make the weights by <see cref="Training.Trainer{TEncoder}.CreateLossWeights"/>.</remarks>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Safetensors.Load(SiameseGen.Parameters, string)" path="/exception"/>
    /// <exception cref="InvalidOperationException">These are the weights of one part of a sum.</exception>
    public void Load(string path)
    {
        EnsureWhole();
        string? names = ClassNamesOf(Safetensors.ReadNotes(path));
        if (names is not null && ClassNames is not null && names != ClassNames)
            throw new WeightsFormatException($"{path}: its weights are of classes with other names, or in another order, than those of the training set. Load it for the examples that it was learned from.");
        Safetensors.Load(Parameters, path);
        ClassNames ??= names;
    }

    /// <summary>The fingerprint of classes' names that a file notes; null when it notes none.</summary>
    internal static string? ClassNamesOf(IReadOnlyDictionary<string, string> notes) => notes.GetValueOrDefault(ClassesKey);

    /// <summary>Takes the names of a training set, where it has any and these are weights of classes.</summary>
    /// <param name="classNames">The names, in the order of the classes' numbers.</param>
    /// <param name="parameter">The parameter that the set was given as.</param>
    /// <exception cref="ArgumentException">The weights are of classes with other names, or in another order.</exception>
    internal void BelongTo(IReadOnlyList<string> classNames, string parameter)
    {
        if (Classes == 0 || classNames.Count == 0)
            return;
        string names = FingerprintOf(classNames);
        if (ClassNames is not null && ClassNames != names)
        {
            throw new ArgumentException(
                "The loss has learned weights of classes with other names, or in another order, than those of the examples: what it has learned of one class would be taken for another's. Train on the same classes in the same order, or begin with a new trainer.", parameter);
        }

        ClassNames = names;
    }

    private void EnsureWhole()
    {
        if (_whole is not null)
            throw new InvalidOperationException($"These are the weights of the {Loss} loss in a sum of several. Save and load those of the whole, {nameof(Training.Trainer<>.LossWeights)}.");
    }

    // With the length before each, so that "ab", "c" is not "a", "bc".
    private static string FingerprintOf(IReadOnlyList<string> names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in names)
            hash.AppendData(Encoding.Unicode.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name.Length}:{name}")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
