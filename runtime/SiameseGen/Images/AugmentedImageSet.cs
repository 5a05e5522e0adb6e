using SiameseGen.Data;

namespace SiameseGen.Images;

/// <summary>A set of pictures that are changed at random each time they are read: to train with, not to validate with.</summary>
/// <remarks>Training hands every item of every step numbers of its own, which depend on seed, step and place in the batch alone.</remarks>
public sealed class AugmentedImageSet : IExampleSet, IDerivedExampleSet
{
    private readonly IExampleSet _examples;
    private readonly ImageAugmentation _augmentation;
    private readonly InputShape _stored;
    private readonly InputShape _input;

    /// <summary>Augments a set.</summary>
    /// <param name="examples">The pictures.</param>
    /// <param name="augmentation">How far to change them.</param>
    /// <param name="stored">The shape of the set's pictures. Larger ones than the encoder takes lose less when they are turned and scaled.</param>
    /// <param name="input">The shape of the encoder's input.</param>
    /// <exception cref="ArgumentException">The set's examples are not of the shape, or the channels of the two shapes differ.</exception>
    public AugmentedImageSet(IExampleSet examples, ImageAugmentation augmentation, InputShape stored, InputShape input)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(augmentation);
        ImageWarp.Check(examples.InputLength, stored, input.Length, input);
        _examples = examples;
        _augmentation = augmentation;
        _stored = stored;
        _input = input;
    }

    /// <inheritdoc/>
    IExampleSet IDerivedExampleSet.Source => _examples;

    /// <inheritdoc/>
    public int Count => _examples.Count;

    /// <inheritdoc/>
    public int InputLength => _input.Length;

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
        Span<float> picture = _stored.Length == _input.Length ? destination : ImageScratch.OfThread.Stored(_stored.Length);
        _examples.Read(index, picture, ref random);
        _augmentation.Apply(picture, _stored, destination, _input, ref random);
    }
}
