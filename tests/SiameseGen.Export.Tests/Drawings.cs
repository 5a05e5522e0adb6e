using SiameseGen.Data;

namespace SiameseGen.Export.Tests;

/// <summary>Inputs of 0 to 1 in classes: each a pattern of its class with some noise.</summary>
/// <param name="classes">How many classes.</param>
/// <param name="perClass">Examples of each.</param>
/// <param name="inputLength">Values of one.</param>
/// <param name="seed">Equal seeds give equal inputs.</param>
internal sealed class Drawings(int classes, int perClass, int inputLength, ulong seed) : IExampleSet
{
    private readonly int[] _classes = [.. Enumerable.Range(0, classes * perClass).Select(i => i / perClass)];
    private readonly int[] _groups = new int[classes * perClass];

    public int Count => classes * perClass;

    public int InputLength => inputLength;

    public ReadOnlySpan<int> Classes => _classes;

    public ReadOnlySpan<int> Groups => _groups;

    public IReadOnlyList<string> ClassNames { get; } = [.. Enumerable.Range(0, classes).Select(number => $"{seed}/{number}")];

    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        var pattern = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)_classes[index]);
        var noise = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)index, 1);
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Math.Clamp((0.8f * pattern.NextSingle()) + (0.2f * noise.NextSingle()), 0f, 1f);
    }
}
