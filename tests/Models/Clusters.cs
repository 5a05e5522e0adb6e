using SiameseGen.Data;

namespace SiameseGen.Models;

/// <summary>Points around the centre of their class in every other value, with strong noise in those between: learnable, but not close from the start.</summary>
/// <param name="classes">How many classes.</param>
/// <param name="perClass">Examples of each.</param>
/// <param name="inputLength">Floats of an input.</param>
/// <param name="seed">Other seeds give other classes.</param>
/// <param name="jitter">How far values move each time they are read.</param>
public sealed class Clusters(int classes, int perClass, int inputLength, ulong seed, float jitter = 0f) : IExampleSet
{
    private readonly int[] _classes = [.. Enumerable.Range(0, classes * perClass).Select(i => i / perClass)];
    private readonly int[] _groups = new int[classes * perClass];

    /// <inheritdoc/>
    public int Count => classes * perClass;

    /// <inheritdoc/>
    public int InputLength => inputLength;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Classes => _classes;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Groups => _groups;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; } = [.. Enumerable.Range(0, classes).Select(number => $"{seed}/{number}")];

    /// <inheritdoc/>
    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        var centre = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)_classes[index]);
        var own = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)index, 1);
        for (int i = 0; i < destination.Length; i++)
        {
            float value = i % 2 == 0 ? centre.NextSingle(-1f, 1f) + own.NextSingle(-0.1f, 0.1f) : own.NextSingle(-2f, 2f);
            destination[i] = value + (jitter * random.NextSingle());
        }
    }

    /// <summary>An example, by itself.</summary>
    /// <param name="index">Its number.</param>
    public float[] Input(int index)
    {
        float[] input = new float[inputLength];
        CounterRandom none = default;
        Read(index, input, ref none);
        return input;
    }
}
