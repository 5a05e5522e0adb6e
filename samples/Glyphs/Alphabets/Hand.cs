using SiameseGen;

namespace Glyphs.Alphabets;

/// <summary>One of the many people who write an alphabet: a slant, proportions, a pen and an unsteadiness of one's own.</summary>
internal sealed class Hand
{
    // Standard deviations, in sizes of a character: of where a stroke lies, of each guide point, of each point of its path; and of the slant.
    private const float Drift = 0.035f;
    private const float Jitter = 0.04f;
    private const float Tremor = 0.012f;
    private const float Lean = 0.04f;

    private readonly float _slant;
    private readonly float _turn;
    private readonly float _width = 1f;
    private readonly float _height = 1f;
    private readonly float _pen = 1.7f;
    private readonly float _roundness = 1f;
    private readonly float _unsteadiness;

    /// <summary>Draws a hand.</summary>
    /// <param name="random">The hand's chance.</param>
    public Hand(ref CounterRandom random)
    {
        _slant = 0.2f * random.NextGaussian();
        _turn = 0.09f * random.NextGaussian();
        _width = random.NextSingle(0.7f, 1.3f);
        _height = random.NextSingle(0.8f, 1.15f);
        _pen = random.NextSingle(1.1f, 2.3f);
        _roundness = random.NextSingle(0.75f, 1.3f);
        _unsteadiness = random.NextSingle(0.6f, 1.4f);
    }

    private Hand()
    {
    }

    /// <summary>Upright and as steady as a ruler.</summary>
    public static Hand Neat { get; } = new();

    /// <summary>Writes a character: never twice the same.</summary>
    /// <param name="strokes">The character.</param>
    /// <param name="random">The drawing's chance.</param>
    /// <param name="canvas">The paper, cleared first.</param>
    public void Write(Stroke[] strokes, ref CounterRandom random, Canvas canvas)
    {
        canvas.Clear();
        Point lean = new Point(_slant, _turn) + Noise(Lean, ref random);
        Span<Point> guides = stackalloc Point[8];
        var path = new List<Point>();
        foreach (Stroke stroke in strokes)
        {
            Point moved = Noise(Drift, ref random);
            Span<Point> own = guides[..stroke.Guides.Length];
            for (int i = 0; i < own.Length; i++)
                own[i] = Rounded(stroke, i) + moved + Noise(Jitter, ref random);
            path.Clear();
            stroke.Trace(own, path);
            Unsteady(path, ref random);
            for (int i = 0; i < path.Count; i++)
                path[i] = Place(path[i], lean);
            canvas.Draw(path, _pen);
        }
    }

    private Point Noise(float deviation, ref CounterRandom random) =>
        new Point(random.NextGaussian(), random.NextGaussian()) * (deviation * _unsteadiness);

    // Some round their curves more than others do.
    private Point Rounded(Stroke stroke, int guide)
    {
        Point[] guides = stroke.Guides;
        if (stroke.Shape is not StrokeShape.Curved || guide == 0 || guide == guides.Length - 1)
            return guides[guide];
        Point straight = guides[0].Towards(guides[^1], guide / (guides.Length - 1f));
        return straight.Towards(guides[guide], _roundness);
    }

    // A tremor that wanders along the path: each point is off by half of what the one before it was, and by something new. A straight stroke gets a
    // point in its middle, so that it is not straight with a ruler.
    private void Unsteady(List<Point> path, ref CounterRandom random)
    {
        if (path.Count == 2)
            path.Insert(1, path[0].Towards(path[1], 0.5f));
        Point off = default;
        for (int i = 0; i < path.Count; i++)
        {
            off = (off * 0.5f) + Noise(Tremor, ref random);
            path[i] += off;
        }
    }

    private Point Place(Point point, Point lean)
    {
        const float scale = 0.58f * Pictures.Centring.CanvasSide, middle = 0.5f * Pictures.Centring.CanvasSide;
        float y = (point.Y - 0.5f) * _height, x = ((point.X - 0.5f) * _width) - (lean.X * y);
        return new Point(middle + (scale * (x - (lean.Y * y))), middle + (scale * (y + (lean.Y * x))));
    }
}
