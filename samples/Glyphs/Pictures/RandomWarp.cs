using SiameseGen;

namespace Glyphs.Pictures;

/// <summary>
/// How far a training drawing may be turned, scaled, slanted and shifted each time it is read, as another hand might have drawn it. Lengths are
/// in halves of the window. Chance is all in the <see cref="CounterRandom"/> given, and arithmetic is exact or rounded alike everywhere.
/// </summary>
/// <param name="Turn">The tangent of half the largest angle.</param>
/// <param name="Scale">The largest natural logarithm, nearly, of the scale.</param>
/// <param name="Aspect">The same of width to height.</param>
/// <param name="Shear">The largest shift per height.</param>
/// <param name="Shift">The largest shift.</param>
internal sealed record RandomWarp(float Turn, float Scale, float Aspect, float Shear, float Shift)
{
    /// <summary>What was found to suit handwritten characters: turned by 12°, scaled by a sixth, slanted by a quarter, shifted by a tenth.</summary>
    public static RandomWarp Handwriting { get; } = new(Turn: 0.105f, Scale: 0.15f, Aspect: 0.12f, Shear: 0.25f, Shift: 0.1f);

    /// <summary>Draws one map from the places of the input to those of the drawing.</summary>
    /// <param name="random">The only source of chance.</param>
    public Affine Draw(ref CounterRandom random)
    {
        Affine turned = Affine.Rotation(Within(Turn, ref random));
        float scale = Ratio(Within(Scale, ref random)), aspect = Ratio(Within(Aspect, ref random) / 2f);
        float shear = Within(Shear, ref random);
        float x = Within(Shift, ref random), y = Within(Shift, ref random);
        return turned.Then(new Affine(scale * aspect, shear, x, 0f, scale / aspect, y));
    }

    private static float Within(float most, ref CounterRandom random) => random.NextSingle(-most, most);

    // e^u to within 0.03 % for |u| ≤ 0.15 (Padé's approximant), and exactly the inverse for −u.
    private static float Ratio(float u) => (2f + u) / (2f - u);
}
