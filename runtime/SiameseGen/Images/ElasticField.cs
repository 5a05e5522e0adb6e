namespace SiameseGen.Images;

/// <summary>
/// A smooth random field of displacements (Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis", 2003): normal
/// numbers at the knots of a coarse grid over the picture, and between them Keys's cubic ("Cubic Convolution Interpolation for Digital Image Processing", 1981), which keeps
/// their values. Their filter over a fine grid makes a field as smooth at many times the cost.
/// </summary>
internal static class ElasticField
{
    /// <summary>Knots along each side.</summary>
    public const int Knots = 5;

    /// <summary>Floats that a field takes: two numbers a knot, and two a knot of one row.</summary>
    public const int Length = 2 * Knots * (Knots + 1);

    /// <summary>Draws the knots.</summary>
    /// <param name="field">Receives <see cref="Length"/> floats, of which the last are memory for <see cref="AddRow"/>.</param>
    /// <param name="random">The only source of chance.</param>
    public static void Draw(Span<float> field, ref CounterRandom random)
    {
        for (int i = 0; i < 2 * Knots * Knots; i++)
            field[i] = random.NextGaussian();
    }

    /// <summary>Adds the displacements of one row of pixels to their places.</summary>
    /// <param name="field">A field.</param>
    /// <param name="row">The row.</param>
    /// <param name="rows">Rows of the picture.</param>
    /// <param name="map">What makes a displacement of the result one of the source: its linear part.</param>
    /// <param name="right">Pixels of the result that a 1 of the field is to the right.</param>
    /// <param name="down">The same downwards.</param>
    /// <param name="x">The columns of the row's places, added to.</param>
    /// <param name="y">The rows, added to.</param>
    public static void AddRow(Span<float> field, int row, int rows, in PlaneMap map, float right, float down, Span<float> x, Span<float> y)
    {
        Span<float> knots = field[(2 * Knots * Knots)..];
        (int top, float below) = Place(row, rows);
        for (int column = 0; column < Knots; column++)
        {
            for (int part = 0; part < 2; part++)
            {
                int at = (2 * column) + part;
                knots[at] = Cubic(
                    below, field[(2 * Knots * Clamped(top - 1)) + at], field[(2 * Knots * top) + at], field[(2 * Knots * Clamped(top + 1)) + at],
                    field[(2 * Knots * Clamped(top + 2)) + at]);
            }
        }

        float xx = (float)(map.Xx * right), xy = (float)(map.Xy * down), yx = (float)(map.Yx * right), yy = (float)(map.Yy * down);
        for (int i = 0; i < x.Length; i++)
        {
            (int left, float beyond) = Place(i, x.Length);
            int before = 2 * Clamped(left - 1), next = 2 * Clamped(left + 1), after = 2 * Clamped(left + 2);
            float across = Cubic(beyond, knots[before], knots[2 * left], knots[next], knots[after]);
            float along = Cubic(beyond, knots[before + 1], knots[(2 * left) + 1], knots[next + 1], knots[after + 1]);
            x[i] += (xx * across) + (xy * along);
            y[i] += (yx * across) + (yy * along);
        }
    }

    // The first and the last knot lie in the middle of the first and the last pixel.
    private static (int Knot, float Beyond) Place(int pixel, int pixels)
    {
        if (pixels == 1)
            return (0, 0f);
        float place = pixel * ((Knots - 1f) / (pixels - 1));
        int knot = Math.Min((int)place, Knots - 2);
        return (knot, place - knot);
    }

    private static int Clamped(int knot) => Math.Clamp(knot, 0, Knots - 1);

    private static float Cubic(float t, float before, float left, float right, float after)
    {
        float slope = 0.5f * (right - before), next = 0.5f * (after - left), rise = right - left;
        return left + (t * (slope + (t * ((3f * rise) - (2f * slope) - next + (t * (slope + next - (2f * rise)))))));
    }
}
