namespace Glyphs.Alphabets;

/// <summary>How the pen goes from one guide point of a stroke to the next.</summary>
internal enum StrokeShape
{
    /// <summary>Straight from point to point; a single point is a dot.</summary>
    Straight,

    /// <summary>In a curve that starts at the first point, ends at the last and bends towards those between.</summary>
    Curved,

    /// <summary>In a closed curve that bends towards every point.</summary>
    Closed,
}

/// <summary>One movement of the pen over the paper, given by a few guide points.</summary>
/// <param name="Shape">How the pen follows the points.</param>
/// <param name="Guides">The points.</param>
internal sealed record Stroke(StrokeShape Shape, Point[] Guides)
{
    private const int PiecesOfArc = 6;

    /// <summary>Whether it is a dot.</summary>
    public bool IsDot => Guides.Length == 1;

    /// <summary>Appends the pen's path as a line from point to point.</summary>
    /// <param name="guides">The guide points; a hand's own version of <see cref="Guides"/>.</param>
    /// <param name="path">Receives the path.</param>
    public void Trace(ReadOnlySpan<Point> guides, List<Point> path)
    {
        if (Shape is StrokeShape.Straight || guides.Length < 3)
        {
            foreach (Point guide in guides)
                path.Add(guide);
            return;
        }

        // A quadratic spline: one parabola for each guide point, from halfway before it to halfway after it.
        int last = guides.Length - 1;
        bool closed = Shape is StrokeShape.Closed;
        path.Add(closed ? guides[last].Towards(guides[0], 0.5f) : guides[0]);
        for (int i = closed ? 0 : 1; i <= (closed ? last : last - 1); i++)
        {
            Point next = guides[i == last ? 0 : i + 1];
            bool ends = !closed && i == last - 1;
            Parabola(path, guides[i], ends ? next : guides[i].Towards(next, 0.5f));
        }
    }

    /// <summary>How far a place is from the stroke, to within the spacing of its path.</summary>
    /// <param name="place">The place.</param>
    public float DistanceTo(Point place)
    {
        var path = new List<Point>();
        Trace(Guides, path);
        float nearest = (place - path[0]).Length;
        for (int i = 1; i < path.Count; i++)
            nearest = MathF.Min(nearest, MathF.Min((place - path[i]).Length, (place - path[i - 1].Towards(path[i], 0.5f)).Length));
        return nearest;
    }

    private static void Parabola(List<Point> path, Point towards, Point to)
    {
        Point from = path[^1];
        for (int piece = 1; piece <= PiecesOfArc; piece++)
        {
            float t = piece / (float)PiecesOfArc;
            path.Add(from.Towards(towards, t).Towards(towards.Towards(to, t), t));
        }
    }
}
