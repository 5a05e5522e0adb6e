namespace SiameseGen.Data;

/// <summary>Labelled inputs for training or evaluation. Reading is safe from several threads at once and allocates nothing.</summary>
public interface IExampleSet
{
    /// <summary>Examples in the set.</summary>
    int Count { get; }

    /// <summary>Floats in one example.</summary>
    int InputLength { get; }

    /// <summary>The class of each example, from 0.</summary>
    ReadOnlySpan<int> Classes { get; }

    /// <summary>The group of each example, such as its alphabet, from 0; all zero when there are no groups. A class lies in one group.</summary>
    ReadOnlySpan<int> Groups { get; }

    /// <summary>The name of each class; empty when classes have none. Sets with names are checked for classes that they have in common.</summary>
    IReadOnlyList<string> ClassNames => [];

    /// <summary>The name of each group; empty when there are no groups or they have no names.</summary>
    IReadOnlyList<string> GroupNames => [];

    /// <summary>Reads one example, augmented where the set augments.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination">Receives <see cref="InputLength"/> floats.</param>
    /// <param name="random">The only source of chance; unused by sets that do not augment.</param>
    void Read(int index, Span<float> destination, ref CounterRandom random);
}
