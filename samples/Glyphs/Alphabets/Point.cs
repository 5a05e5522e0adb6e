namespace Glyphs.Alphabets;

/// <summary>A place on paper: x to the right, y down, a character about 0 to 1 both ways.</summary>
internal readonly record struct Point(float X, float Y)
{
    /// <summary>The distance from the origin.</summary>
    public float Length => MathF.Sqrt((X * X) + (Y * Y));

    /// <summary>The same vector turned by a quarter.</summary>
    public Point TurnedByQuarter() => new(-Y, X);

    public static Point operator +(Point left, Point right) => new(left.X + right.X, left.Y + right.Y);

    public static Point operator -(Point left, Point right) => new(left.X - right.X, left.Y - right.Y);

    public static Point operator *(Point point, float factor) => new(point.X * factor, point.Y * factor);

    /// <summary>A place on the way from this one to another.</summary>
    /// <param name="to">The other.</param>
    /// <param name="share">0 for this place to 1 for the other.</param>
    public Point Towards(Point to, float share) => this + ((to - this) * share);
}
