using Glyphs.Pictures;
using SiameseGen;

namespace Glyphs.Alphabets;

/// <summary>An invented alphabet: characters of one style, no two of them alike.</summary>
internal sealed class Alphabet
{
    // Of all 12×12 blocks of two neatly written characters; 1 would be the same character. Found by looking at pairs.
    private const float TooAlike = 0.87f;

    /// <summary>Invents an alphabet.</summary>
    /// <param name="seed">The seed of all alphabets.</param>
    /// <param name="number">Which alphabet; each number has one of its own.</param>
    /// <param name="characters">How many characters.</param>
    public Alphabet(ulong seed, int number, int characters)
    {
        Number = number;
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, (uint)number);
        var style = new AlphabetStyle(ref random);
        var made = new List<Stroke[]>();
        var looks = new List<Look>();
        while (made.Count < characters)
        {
            Stroke[] strokes = Invent(style, made, ref random);
            var look = new Look(strokes);
            if (looks.Exists(other => look.Likeness(other) > TooAlike))
                continue;
            made.Add(strokes);
            looks.Add(look);
        }

        Characters = [.. made];
    }

    /// <summary>Which alphabet.</summary>
    public int Number { get; }

    /// <summary>For each character, its strokes.</summary>
    public Stroke[][] Characters { get; }

    private static Stroke[] Invent(AlphabetStyle style, List<Stroke[]> others, ref CounterRandom random)
    {
        var strokes = new List<Stroke>();
        if (others.Count > 0 && random.NextSingle() < style.Kinship)
        {
            strokes.AddRange(others[random.NextInt32(others.Count)]);
            int changed = random.NextInt32(strokes.Count);
            if (strokes[changed] != style.Stem)
                strokes.RemoveAt(changed);
            strokes.Add(style.MakeStroke(strokes, ref random));
            return [.. strokes];
        }

        if (style.Stem is { } stem)
            strokes.Add(stem);
        int count = style.FewestStrokes + random.NextInt32(2);
        while (strokes.Count < count)
            strokes.Add(style.MakeStroke(strokes, ref random));
        return [.. strokes];
    }

    // A neatly written character, coarsely.
    private sealed class Look
    {
        private const int Blocks = 12;
        private readonly float[] _blocks = new float[Blocks * Blocks];

        public Look(Stroke[] strokes)
        {
            var canvas = new Canvas();
            var none = new CounterRandom(0, CounterRandom.Purpose.Data, 0);
            Hand.Neat.Write(strokes, ref none, canvas);
            Span<byte> drawing = stackalloc byte[DrawingSet.Side * DrawingSet.Side];
            Centring.Centre(canvas.Ink, drawing);
            const int side = DrawingSet.Side;
            for (int i = 0; i < drawing.Length; i++)
                _blocks[(i / side * Blocks / side * Blocks) + (i % side * Blocks / side)] += drawing[i];
        }

        // The cosine of the angle between the two.
        public float Likeness(Look other) => Dot(this, other) / MathF.Sqrt(Dot(this, this) * Dot(other, other));

        private static float Dot(Look left, Look right)
        {
            float sum = 0f;
            for (int i = 0; i < left._blocks.Length; i++)
                sum += left._blocks[i] * right._blocks[i];
            return sum;
        }
    }
}
