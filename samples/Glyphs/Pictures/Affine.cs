namespace Glyphs.Pictures;

/// <summary>An affine map of the plane: x' = Xx·x + Xy·y + X, y' = Yx·x + Yy·y + Y.</summary>
internal readonly record struct Affine(float Xx, float Xy, float X, float Yx, float Yy, float Y)
{
    /// <summary>Leaves everything where it is.</summary>
    public static Affine Identity => new(1f, 0f, 0f, 0f, 1f, 0f);

    /// <summary>
    /// A rotation by 2·atan(<paramref name="t"/>), about 2·t radians for small t. This parameter makes cosine and sine quotients of plain
    /// numbers, (1 − t²) / (1 + t²) and 2t / (1 + t²): every system computes them alike, which it does not the library's sine.
    /// </summary>
    /// <param name="t">The tangent of half the angle.</param>
    public static Affine Rotation(float t)
    {
        float square = t * t, all = 1f + square;
        float cos = (1f - square) / all, sin = 2f * t / all;
        return new(cos, -sin, 0f, sin, cos, 0f);
    }

    /// <summary>One of the eight ways in which a square falls onto itself.</summary>
    /// <param name="index">0 for the identity, 1 to 3 for quarter turns, 4 to 7 for the same after a mirror.</param>
    public static Affine Symmetry(int index)
    {
        Affine mirror = index >= 4 ? new(-1f, 0f, 0f, 0f, 1f, 0f) : Identity;
        return mirror.Then((index & 3) switch
        {
            0 => Identity,
            1 => new(0f, -1f, 0f, 1f, 0f, 0f),
            2 => new(-1f, 0f, 0f, 0f, -1f, 0f),
            _ => new(0f, 1f, 0f, -1f, 0f, 0f),
        });
    }

    /// <summary>This map, and <paramref name="next"/> after it.</summary>
    /// <param name="next">The map applied to the result of this one.</param>
    public Affine Then(in Affine next) => new(
        (next.Xx * Xx) + (next.Xy * Yx), (next.Xx * Xy) + (next.Xy * Yy), (next.Xx * X) + (next.Xy * Y) + next.X,
        (next.Yx * Xx) + (next.Yy * Yx), (next.Yx * Xy) + (next.Yy * Yy), (next.Yx * X) + (next.Yy * Y) + next.Y);
}
