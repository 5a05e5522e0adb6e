using System.Diagnostics;
using Glyphs.Alphabets;
using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace TinyVerifier.Scores;

/// <summary>Drawings of alphabets that neither training nor calibration has seen, as the shipped verifier knows them.</summary>
internal sealed class ShippedDrawings
{
    // Those that the sample is judged by: behind the alphabets of training and calibration.
    private const int FirstAlphabet = 34, Alphabets = 10;

    private readonly DrawingSet _drawings = InventedAlphabets.Draw(FirstAlphabet, Alphabets, Environment.ProcessorCount, CancellationToken.None);
    private readonly GlyphVerifier.Template[] _templates;
    private readonly byte[] _pixels;

    /// <summary>Draws and enrols all.</summary>
    public ShippedDrawings()
    {
        _templates = new GlyphVerifier.Template[_drawings.Count];
        IExampleSet examples = GlyphInputs.ToJudgeBy<TinyGlyphEncoder>(_drawings);
        float[] ink = new float[examples.InputLength];
        _pixels = new byte[_templates.Length * ink.Length];
        var none = new CounterRandom(0, CounterRandom.Purpose.Evaluation, 0);
        for (int i = 0; i < _templates.Length; i++)
        {
            examples.Read(i, ink, ref none);
            Span<byte> pixels = _pixels.AsSpan(i * ink.Length, ink.Length);
            for (int pixel = 0; pixel < pixels.Length; pixel++)
                pixels[pixel] = (byte)((255f * ink[pixel]) + 0.5f);
            _templates[i] = GlyphVerifier.Enrol(pixels);
        }
    }

    /// <summary>The pixels of some of the drawings, of all alphabets.</summary>
    /// <param name="count">How many.</param>
    public byte[] Some(int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => _pixels.Skip((int)((long)i * _templates.Length / count) * GlyphVerifier.InputLength).Take(GlyphVerifier.InputLength))];

    /// <summary>Compares pairs, of one character and of two by turns.</summary>
    /// <param name="pairs">How many.</param>
    /// <param name="seed">Which.</param>
    /// <returns>Their scores.</returns>
    public int[] Compare(int pairs, int seed)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Purpose.Evaluation, 0);
        const int hands = InventedAlphabets.Hands;
        int characters = _drawings.Characters.Length;
        int[] scores = new int[pairs];
        for (int i = 0; i < pairs; i++)
        {
            int character = random.NextInt32(characters), hand = random.NextInt32(hands);
            bool same = i % 2 == 0;
            int other = same ? character : (character + 1 + random.NextInt32(characters - 1)) % characters;
            int otherHand = same ? (hand + 1 + random.NextInt32(hands - 1)) % hands : random.NextInt32(hands);
            scores[i] = GlyphVerifier.Score(_templates[(character * hands) + hand], _templates[(other * hands) + otherHand]);
        }

        return scores;
    }

    /// <summary>How well scores tell pairs apart.</summary>
    /// <param name="scores">See <see cref="Compare"/>.</param>
    public string Judge(int[] scores)
    {
        float[] same = [.. scores.Where((_, i) => i % 2 == 0).Select(score => (float)score)], different = [.. scores.Where((_, i) => i % 2 == 1).Select(score => (float)score)];
        var judged = new PairScores(same, different, "pairs of one character and of two by turns");
        return $"eer {100 * judged.EqualErrorRate:0.00} %, auc {judged.Auc:0.0000}, {Alphabets} unseen alphabets, {_drawings.Count} drawings";
    }

    /// <summary>Microseconds of one enrolment on one thread, the middle one of many.</summary>
    public static double Time()
    {
        const int warmUps = 2000, rounds = 101, repeats = 50;
        byte[] pixels = new byte[GlyphVerifier.InputLength], workspace = new byte[GlyphVerifier.WorkspaceLength];
        new Random(1).NextBytes(pixels);
        for (int i = 0; i < warmUps; i++)
            GlyphVerifier.Enrol(pixels, workspace);
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
                GlyphVerifier.Enrol(pixels, workspace);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeats;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
