namespace SiameseGen.Data;

/// <summary>Reads inputs one at a time, for enrolling, comparing and looking at them.</summary>
public static class InputOfExample
{
    /// <summary>The input of one example, as an encoder takes it, in an array of its own.</summary>
    /// <remarks>Of a set that augments it is always the same change: the one that evaluation sees. To train, and to read without allocation, use <see cref="IExampleSet.Read"/>.</remarks>
    /// <param name="examples">The set.</param>
    /// <param name="index">0 to <see cref="IExampleSet.Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public static float[] Input(this IExampleSet examples, int index)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if ((uint)index >= (uint)examples.Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The set has examples 0 to {examples.Count - 1}.");
        float[] input = new float[examples.InputLength];
        var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)index);
        examples.Read(index, input, ref random);
        return input;
    }
}
