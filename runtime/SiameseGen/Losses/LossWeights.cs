using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SiameseGen.Persistence;

namespace SiameseGen.Losses;

/// <summary>
/// Weights that a loss learns beside the encoder's: one or more vectors for each class of the training set, each as long as an embedding. They serve training only; an
/// encoder is used without them.
/// </summary>
public sealed class LossWeights
{
    private readonly float[] _gradients;

    /// <summary>Makes weights with random directions and a length of about 1.</summary>
    /// <param name="loss">The loss's name.</param>
    /// <param name="classes">The classes of the training set.</param>
    /// <param name="perClass">Vectors a class.</param>
    /// <param name="embeddingLength">Floats in one vector.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for these weights.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    internal LossWeights(string loss, int classes, int perClass, int embeddingLength, float learningRateFactor, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingLength);
        Classes = classes;
        PerClass = perClass;
        EmbeddingLength = embeddingLength;
        string architecture = string.Create(CultureInfo.InvariantCulture, $"loss {loss}; {classes} classes of {perClass} vectors of {embeddingLength}");
        int length = checked(classes * perClass * embeddingLength);
        Parameters = new Parameters(
            new EncoderInfo
            {
                Name = $"{loss} loss",
                Input = new InputShape(1, 1, embeddingLength, IsImage: false),
                EmbeddingLength = embeddingLength,
                ParameterCount = length,
                StateCount = 0,
                Tensors =
                [
                    new ParameterTensor("loss.weight", 0, [classes * perClass, embeddingLength], ParameterRole.Weight, Initializer.LeCunNormal, embeddingLength, classes)
                    {
                        LearningRateFactor = learningRateFactor,
                        WeightDecayFactor = 0f,
                    },
                ],
                Architecture = architecture,
                Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(architecture))),
                Training = default,
                Inference = default,
                Distance = DistanceMetric.Cosine,
            },
            seed);
        _gradients = new float[length];
        Rows = new float[length];
        Columns = new float[DistanceTiles.Padded(Count) * embeddingLength];
        Lengths = new float[Count];
    }

    /// <summary>The classes of the training set.</summary>
    public int Classes { get; }

    /// <summary>Vectors a class.</summary>
    public int PerClass { get; }

    /// <summary>Floats in one vector.</summary>
    public int EmbeddingLength { get; }

    /// <summary>All vectors: those of class 0, those of class 1, and so on.</summary>
    public Span<float> Values => Parameters.Values;

    /// <summary>The gradient of the last loss with respect to them.</summary>
    public Span<float> Gradients => _gradients;

    /// <summary>Vectors in all.</summary>
    internal int Count => Classes * PerClass;

    internal Parameters Parameters { get; }

    /// <summary>The vectors at length 1.</summary>
    internal float[] Rows { get; }

    internal float[] Columns { get; }

    /// <summary>One over the length of each vector.</summary>
    internal float[] Lengths { get; }

    /// <summary>Writes the weights to a file in the safetensors format, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <inheritdoc cref="Safetensors.Save(SiameseGen.Parameters, string)" path="/exception"/>
    public void Save(string path) => Safetensors.Save(Parameters, path);

    /// <summary>Reads weights of the same loss and as many classes from a file. All of it is checked before the first weight changes.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Safetensors.Load(SiameseGen.Parameters, string)" path="/exception"/>
    public void Load(string path) => Safetensors.Load(Parameters, path);
}
