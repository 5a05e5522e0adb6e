using System.Globalization;
using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Data;
using SiameseGen.Images;

namespace Glyphs.Display;

/// <summary>
/// The point of it all: shows one example of each of some characters that the network has never seen, then other people's drawings of some of
/// them, and which characters the network takes these for.
/// </summary>
internal sealed class Demonstration
{
    private const int PerLine = 5;
    private const int Answers = 4;
    private readonly OneShotTask _task;
    private readonly int[] _classes;
    private readonly IExampleSet _inputs;
    private readonly ImageViewSet _shown;
    private readonly GlyphEncoder.Embedding[] _examples;
    private readonly GlyphEncoder _encoder;

    /// <summary>Embeds the examples.</summary>
    /// <param name="encoder">The trained encoder.</param>
    /// <param name="drawings">The drawings.</param>
    /// <param name="task">Which of them are examples and queries.</param>
    public Demonstration(GlyphEncoder encoder, DrawingSet drawings, OneShotTask task)
    {
        _encoder = encoder;
        _task = task;
        _classes = drawings.Classes;
        _inputs = GlyphInputs.ToJudgeBy<GlyphEncoder>(drawings);
        InputShape small = GlyphInputs.Kept with { Height = TextPicture.Side, Width = TextPicture.Side };
        _shown = new ImageViewSet(new TurnedDrawings(drawings), new ImageWarp(), GlyphInputs.Kept, small);
        _examples = [.. task.Examples.Select(example => encoder.Embed(Read(_inputs, example)))];
    }

    /// <summary>Writes the examples, and the answers to some queries.</summary>
    /// <param name="output">Where.</param>
    /// <param name="queries">How many queries.</param>
    public void Write(TextWriter output, int queries)
    {
        output.WriteLine($"One example each of {_task.Examples.Length} characters the network has never seen ({_task.Name}):");
        output.WriteLine();
        foreach (int[] line in Enumerable.Range(0, _task.Examples.Length).Chunk(PerLine))
            Write(output, [.. line.Select(example => ($"{example + 1}", _task.Examples[example]))]);
        for (int query = 0; query < queries; query++)
            WriteAnswers(output, _task.Queries[query * _task.Queries.Length / queries]);
    }

    /// <summary>The examples in the order of their distance from a query, the most similar first.</summary>
    /// <param name="query">The query's index among the drawings.</param>
    public (int Example, Distance Distance)[] Rank(int query)
    {
        GlyphEncoder.Embedding asked = _encoder.Embed(Read(_inputs, query));
        return [.. _examples.Select((example, index) => (index, GlyphEncoder.Distance(asked, example))).OrderBy(answer => answer.Item2)];
    }

    private void WriteAnswers(TextWriter output, int query)
    {
        (int Example, Distance Distance)[] ranked = Rank(query);
        bool right = Class(_task.Examples[ranked[0].Example]) == Class(query);
        int place = Array.FindIndex(ranked, answer => Class(_task.Examples[answer.Example]) == Class(query)) + 1;
        output.WriteLine(right
            ? "Somebody else's drawing, and the most similar examples. The first is right:"
            : $"Somebody else's drawing, and the most similar examples. The right one came in place {place}:");
        Write(
            output,
            [
                ("drawing", query),
                .. ranked.Take(Answers).Select(answer => (
                    string.Create(CultureInfo.InvariantCulture, $"{answer.Example + 1} at {answer.Distance:0.00}"), _task.Examples[answer.Example])),
            ]);
    }

    private void Write(TextWriter output, (string Caption, int Drawing)[] pictures)
    {
        foreach (string line in TextPicture.SideBySide([.. pictures.Select(picture => (picture.Caption, TextPicture.Draw(Read(_shown, picture.Drawing))))]))
            output.WriteLine(line);
        output.WriteLine();
    }

    private int Class(int drawing) => _classes[drawing];

    private static float[] Read(IExampleSet drawings, int drawing)
    {
        var picture = new float[drawings.InputLength];
        CounterRandom none = default;
        drawings.Read(drawing, picture, ref none);
        return picture;
    }
}
