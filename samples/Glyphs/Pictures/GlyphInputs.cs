using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Images;

namespace Glyphs.Pictures;

/// <summary>Drawings as inputs of an encoder, of whatever size it takes.</summary>
internal static class GlyphInputs
{
    private const int Side = DrawingSet.Side;

    /// <summary>What was found to suit handwritten characters, as another hand might have drawn them.</summary>
    public static ImageAugmentation Handwriting { get; } = new()
    {
        Rotation = 12f,
        Scale = 0.15f,
        Aspect = 0.12f,
        Shear = 0.25f,
        Shift = 0.05f,
        Elastic = 0.015f,
    };

    /// <summary>The shape of drawings as they are kept.</summary>
    public static InputShape Kept { get; } = new(Side, Side, 1, IsImage: true);

    /// <summary>To train with: changed at random each time they are read.</summary>
    /// <param name="drawings">The drawings.</param>
    /// <param name="symmetries">How many alphabets to make of each, 1 to 8.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static IExampleSet ToLearnFrom<TEncoder>(DrawingSet drawings, int symmetries)
        where TEncoder : class, IEncoder => new TurnedDrawings(drawings, symmetries).Augmented<TEncoder>(Handwriting, Side, Side);

    /// <summary>To be judged by: as they are.</summary>
    /// <param name="drawings">The drawings.</param>
    /// <typeparam name="TEncoder">The encoder.</typeparam>
    public static IExampleSet ToJudgeBy<TEncoder>(DrawingSet drawings)
        where TEncoder : class, IEncoder => new ImageViewSet(new TurnedDrawings(drawings), new ImageWarp(), Kept, TEncoder.Info.Input);
}
