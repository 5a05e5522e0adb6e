using SiameseGen;

namespace Glyphs.Alphabets;

/// <summary>What the characters of one alphabet have in common: which strokes they are made of, between which places, how bent and how many.</summary>
internal sealed class AlphabetStyle
{
    private readonly Point[] _anchors;
    private readonly float[] _kinds = new float[7];
    private readonly float _bulge;
    private readonly float _loop;

    /// <summary>Draws a style.</summary>
    /// <param name="random">The alphabet's chance.</param>
    public AlphabetStyle(ref CounterRandom random)
    {
        int columns = 2 + random.NextInt32(2), rows = 3 + random.NextInt32(2);
        float width = random.NextSingle(0.6f, 1f);
        _anchors = new Point[columns * rows];
        for (int i = 0; i < _anchors.Length; i++)
            _anchors[i] = new Point(width * (i % columns) / (columns - 1), (i / columns) / (float)(rows - 1));

        // Cubes make most alphabets prefer a few kinds: there are round ones and angular ones.
        for (int kind = 0; kind < _kinds.Length; kind++)
        {
            float u = random.NextSingle();
            _kinds[kind] = (u * u * u) + 0.03f;
        }

        _bulge = random.NextSingle(0.25f, 0.7f);
        _loop = random.NextSingle(0.12f, 0.24f);
        FewestStrokes = 2 + random.NextInt32(2);
        Joined = random.NextSingle(0.3f, 0.9f);
        Kinship = random.NextSingle(0.2f, 0.5f);
        Stem = random.NextInt32(3) == 0 ? MakeStem(width, ref random) : null;
    }

    /// <summary>Fewest strokes of a character; most is one more.</summary>
    public int FewestStrokes { get; }

    /// <summary>How often a stroke begins on another one.</summary>
    public float Joined { get; }

    /// <summary>How often a character is another one with one stroke changed, as E and F are.</summary>
    public float Kinship { get; }

    /// <summary>A stroke that all characters have, or null.</summary>
    public Stroke? Stem { get; }

    /// <summary>Draws a stroke in this style.</summary>
    /// <param name="others">The character's strokes so far.</param>
    /// <param name="random">The character's chance.</param>
    public Stroke MakeStroke(List<Stroke> others, ref CounterRandom random)
    {
        Point from = others.Count > 0 && random.NextSingle() < Joined ? PlaceOn(others, ref random) : _anchors[random.NextInt32(_anchors.Length)];
        Point to;
        do
            to = _anchors[random.NextInt32(_anchors.Length)];
        while ((to - from).Length < 0.3f);
        float side = random.NextInt32(2) == 0 ? -_bulge : _bulge;
        Point bend = (to - from).TurnedByQuarter() * side, middle = from.Towards(to, 0.5f);
        bool mayDot = others.Count > 0 && !others.Exists(other => other.IsDot);
        return PickKind(mayDot, ref random) switch
        {
            0 => new Stroke(StrokeShape.Straight, [from, to]),
            1 => new Stroke(StrokeShape.Curved, [from, middle + bend, to]),
            2 => new Stroke(StrokeShape.Curved, [from, from.Towards(to, 0.3f) + bend, from.Towards(to, 0.7f) - bend, to]),
            3 => new Stroke(StrokeShape.Curved, [from, to, to + (bend * 0.6f), from.Towards(to, 0.6f) + (bend * 0.6f)]),
            4 => Loop(from, ref random),
            5 => new Stroke(StrokeShape.Straight, [from, middle + bend, to]),
            _ => new Stroke(StrokeShape.Straight, [ClearOf(others, to, ref random)]),
        };
    }

    private static Stroke MakeStem(float width, ref CounterRandom random)
    {
        float x = width * random.NextInt32(3) / 2f;
        return random.NextInt32(2) == 0
            ? new Stroke(StrokeShape.Straight, [new(x, 0f), new(x, 1f)])
            : new Stroke(StrokeShape.Straight, [new(0f, 0f), new(width, 0f)]);
    }

    // An end of a stroke or the middle of its guides.
    private static Point PlaceOn(List<Stroke> strokes, ref CounterRandom random)
    {
        Point[] guides = strokes[random.NextInt32(strokes.Count)].Guides;
        return random.NextInt32(3) switch
        {
            0 => guides[0],
            1 => guides[^1],
            _ => guides[0].Towards(guides[^1], 0.5f),
        };
    }

    // A dot on a line would not be seen.
    private Point ClearOf(List<Stroke> others, Point place, ref CounterRandom random)
    {
        for (int attempt = 0; attempt < 20 && others.Exists(other => other.DistanceTo(place) < 0.2f); attempt++)
            place = _anchors[random.NextInt32(_anchors.Length)] + new Point(random.NextSingle(-0.2f, 0.2f), random.NextSingle(-0.2f, 0.2f));
        return place;
    }

    private Stroke Loop(Point centre, ref CounterRandom random)
    {
        float across = _loop * random.NextSingle(0.8f, 1.2f), down = _loop * random.NextSingle(0.8f, 1.2f);
        return new Stroke(StrokeShape.Closed,
        [
            centre + new Point(-across, -down), centre + new Point(across, -down), centre + new Point(across, down), centre + new Point(-across, down),
        ]);
    }

    // The dot is the last kind, and not every character may have one.
    private int PickKind(bool mayDot, ref CounterRandom random)
    {
        ReadOnlySpan<float> shares = mayDot ? _kinds : _kinds.AsSpan(0, _kinds.Length - 1);
        float all = 0f;
        foreach (float share in shares)
            all += share;
        float left = random.NextSingle() * all;
        int kind = 0;
        while (kind < shares.Length - 1 && left >= shares[kind])
            left -= shares[kind++];
        return kind;
    }
}
