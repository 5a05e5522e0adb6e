using SiameseGen.Data;

namespace SiameseGen.Images;

/// <summary>A set whose pictures are seen in one fixed view, and in the size that the encoder takes.</summary>
public sealed class ImageViewSet : IExampleSet, IDerivedExampleSet
{
    private readonly IExampleSet _examples;
    private readonly ImageWarp _view;
    private readonly InputShape _stored;
    private readonly InputShape _input;

    /// <summary>Shows a set.</summary>
    /// <param name="examples">The pictures.</param>
    /// <param name="view">How they are seen.</param>
    /// <param name="stored">The shape of the set's pictures.</param>
    /// <param name="input">The shape of the encoder's input.</param>
    /// <exception cref="ArgumentException">The set's examples are not of the shape, or the channels of the two shapes differ.</exception>
    public ImageViewSet(IExampleSet examples, ImageWarp view, InputShape stored, InputShape input)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(view);
        ImageWarp.Check(examples.InputLength, stored, input.Length, input);
        _examples = examples;
        _view = view;
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
        Span<float> picture = ImageScratch.OfThread.Stored(_stored.Length);
        _examples.Read(index, picture, ref random);
        _view.Apply(picture, _stored, destination, _input);
    }
}
