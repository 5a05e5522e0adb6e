using System.Security.Cryptography;
using System.Text;
using SiameseGen.Losses;

namespace SiameseGen.Training;

/// <summary>All that a training is made of between two steps: weights, what the optimizer remembers, averages, the best so far. Kept as sets of tensors in one buffer, which is what a checkpoint's file holds.</summary>
internal sealed class TrainingState
{
    /// <summary>Weights and running statistics as training sees them.</summary>
    public const string Weights = "weights";
    public const string Average = "average";
    public const string Best = "best";

    /// <summary>The weights with which the sampler has last looked at embeddings.</summary>
    public const string Mined = "mined";
    public const string First = "first";
    public const string Second = "second";
    public const string LossWeights = "loss.weights";
    public const string LossBest = "loss.best";
    public const string LossFirst = "loss.first";
    public const string LossSecond = "loss.second";

    private readonly Dictionary<string, (int Start, int Length)> _sets = new(StringComparer.Ordinal);
    private readonly List<ParameterTensor> _tensors = [];
    private int _length;

    /// <summary>Makes room for a training's floats.</summary>
    /// <param name="counts">Its numbers, which say what it has.</param>
    /// <param name="encoder">The encoder's architecture.</param>
    /// <param name="loss">What the loss learns; null for a loss that learns nothing.</param>
    public TrainingState(TrainingCounts counts, EncoderInfo encoder, LossWeights? loss)
    {
        Counts = counts;
        LossNotes = loss?.Notes ?? [];
        AddSet(Weights, encoder.Tensors);
        if (counts.HasAverage)
            AddSet(Average, encoder.Tensors);
        if (counts.BestEpoch > 0)
            AddSet(Best, encoder.Tensors);
        if (counts.HasMined)
            AddSet(Mined, encoder.Tensors);
        AddMoments(First, Second, encoder.Tensors.Where(tensor => tensor.IsTrainable));
        if (loss is not null)
        {
            AddSet(LossWeights, loss.Parameters.Info.Tensors);
            if (counts.BestEpoch > 0)
                AddSet(LossBest, loss.Parameters.Info.Tensors);
            AddMoments(LossFirst, LossSecond, loss.Parameters.Info.Tensors);
        }

        // The numbers are a part of the architecture, so that its fingerprint covers them too.
        string architecture = $"checkpoint of a training\n{encoder.Architecture}\n{loss?.Parameters.Info.Architecture}\n{counts}";
        Values = new Parameters(
            new EncoderInfo
            {
                Name = $"{encoder.Name}, in training",
                Input = encoder.Input,
                EmbeddingLength = encoder.EmbeddingLength,
                ParameterCount = _length,
                StateCount = 0,
                Tensors = [.. _tensors],
                Architecture = architecture,
                Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(architecture))),
                Training = default,
                Inference = default,
                Distance = encoder.Distance,
            },
            seed: 0);
    }

    public TrainingCounts Counts { get; }

    /// <summary>What a file notes of the loss's weights besides.</summary>
    public KeyValuePair<string, string>[] LossNotes { get; }

    /// <summary>All floats.</summary>
    public Parameters Values { get; }

    /// <summary>The floats of one set; empty when the training has none.</summary>
    public Span<float> Of(string set) => _sets.TryGetValue(set, out (int Start, int Length) part) ? Values.Values.Slice(part.Start, part.Length) : default;

    private void AddMoments(string first, string second, IEnumerable<ParameterTensor> tensors)
    {
        if (Counts.Moments > 0)
            AddSet(first, tensors, ParameterRole.Weight);
        if (Counts.Moments > 1)
            AddSet(second, tensors, ParameterRole.Weight);
    }

    private void AddSet(string name, IEnumerable<ParameterTensor> tensors, ParameterRole? role = null)
    {
        int start = _length;
        foreach (ParameterTensor tensor in tensors)
        {
            _tensors.Add(new ParameterTensor($"{name}.{tensor.Name}", _length, tensor.Shape, role ?? tensor.Role, Initializer.Zeros, tensor.FanIn, tensor.FanOut));
            _length = checked(_length + tensor.Length);
        }

        _sets.Add(name, (start, _length - start));
    }
}
