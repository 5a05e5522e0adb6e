using SiameseGen.Data;

namespace SiameseGen.Images;

/// <summary>Augmented sets in a word.</summary>
public static class ImageAugmentations
{
    /// <summary>The set with its pictures changed at random each time they are read: <c>training.Augmented&lt;FaceEncoder&gt;(augmentation)</c>.</summary>
    /// <param name="examples">Pictures of the encoder's input shape.</param>
    /// <param name="augmentation">How far to change them.</param>
    /// <typeparam name="TEncoder">The encoder that is to learn from them.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or it takes no images.</exception>
    public static AugmentedImageSet Augmented<TEncoder>(this IExampleSet examples, ImageAugmentation augmentation)
        where TEncoder : class, IEncoder
    {
        InputShape input = TEncoder.Info.Input;
        return input.IsImage
            ? new AugmentedImageSet(examples, augmentation, input, input)
            : throw new ArgumentException($"{TEncoder.Info.Name} takes features, not images. Use an {nameof(AugmentedExampleSet)} with a change of your own.", nameof(examples));
    }

    /// <summary>The same for pictures that are stored in another size than the encoder's, which resampling brings to it in the same pass.</summary>
    /// <param name="examples">Pictures of <paramref name="height"/> × <paramref name="width"/> pixels and as many channels as the encoder takes.</param>
    /// <param name="augmentation">How far to change them.</param>
    /// <param name="height">Rows of the stored pictures.</param>
    /// <param name="width">Columns.</param>
    /// <typeparam name="TEncoder">The encoder that is to learn from them.</typeparam>
    /// <exception cref="ArgumentException">The examples are not of this size.</exception>
    public static AugmentedImageSet Augmented<TEncoder>(this IExampleSet examples, ImageAugmentation augmentation, int height, int width)
        where TEncoder : class, IEncoder =>
        new(examples, augmentation, TEncoder.Info.Input with { Height = height, Width = width }, TEncoder.Info.Input);
}
