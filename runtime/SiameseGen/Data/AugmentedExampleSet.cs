namespace SiameseGen.Data;

/// <summary>Changes an input at random, in place, into another that could be of the same class: shifted, noisy, dimmed.</summary>
/// <param name="values">The input.</param>
/// <param name="random">The only source of chance, so that a seed gives the same changes for any number of threads.</param>
public delegate void Augmentation(Span<float> values, ref CounterRandom random);

/// <summary>A set whose inputs are changed at random each time they are read: to train with, not to validate with.</summary>
/// <remarks>Training hands every item of every step numbers of its own, which depend on seed, step and place in the batch alone.</remarks>
public sealed class AugmentedExampleSet : IExampleSet, IDerivedExampleSet
{
    private readonly IExampleSet _examples;
    private readonly Augmentation _augmentation;

    /// <summary>Augments a set.</summary>
    /// <param name="examples">The set.</param>
    /// <param name="augmentation">Called from several threads at once; allocate nothing in it and take all chance from what it is handed.</param>
    public AugmentedExampleSet(IExampleSet examples, Augmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(augmentation);
        _examples = examples;
        _augmentation = augmentation;
    }

    /// <inheritdoc/>
    IExampleSet IDerivedExampleSet.Source => _examples;

    /// <inheritdoc/>
    public int Count => _examples.Count;

    /// <inheritdoc/>
    public int InputLength => _examples.InputLength;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Classes => _examples.Classes;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Groups => _examples.Groups;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _examples.ClassNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> GroupNames => _examples.GroupNames;

    /// <inheritdoc/>
    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        _examples.Read(index, destination, ref random);
        _augmentation(destination, ref random);
    }
}
