using Glyphs.Pictures;
using SiameseGen.Imaging;

namespace Glyphs;

/// <summary>
/// The data of a run with <c>--data</c>: Omniglot's background alphabets to learn from, its evaluation alphabets and Lake's runs to be judged by.
/// Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through probabilistic program induction", 2015.
/// </summary>
internal static class OmniglotData
{
    // Held out from the background alphabets; three of different kinds.
    private static readonly string[] Calibration = ["Bengali", "Hebrew", "Japanese_(hiragana)"];

    /// <summary>Reads it all.</summary>
    /// <param name="folder">The folder with the three zip archives, or the one of the official repository.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    /// <exception cref="UserErrorException">The drawings are not what Omniglot has.</exception>
    public static GlyphData Load(string folder, CancellationToken cancellation)
    {
        if (folder.Length == 0)
            throw new UserErrorException("--data is empty. Give the folder with Omniglot's archives, or leave the option out.");
        var omniglot = new Omniglot(folder);
        var training = new DrawingSetBuilder();
        var calibration = new DrawingSetBuilder();
        var evaluation = new DrawingSetBuilder();
        foreach (OmniglotDrawing drawing in omniglot.ReadBackground())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(Calibration.Contains(drawing.Alphabet) ? calibration : training, drawing);
        }

        foreach (OmniglotDrawing drawing in omniglot.ReadEvaluation())
        {
            cancellation.ThrowIfCancellationRequested();
            Add(evaluation, drawing);
        }

        DrawingSet seen = Build(training, "images_background"), held = Build(calibration, "images_background"), unseen = Build(evaluation, "images_evaluation");
        string[] leaked = [.. unseen.AlphabetNames.Intersect(seen.AlphabetNames.Concat(held.AlphabetNames))];
        if (leaked.Length > 0)
            throw new UserErrorException($"images_evaluation and images_background both have {string.Join(", ", leaked)}, so nothing would be unseen. Download both again.");

        // What training and evaluation need is asked for before the first step, not found missing after the last.
        Recipe recipe = Recipe.Omniglot;
        Require(seen, "images_background", recipe.DrawingsPerCharacter, recipe.CharactersPerBatch / recipe.Symmetries);
        Require(unseen, "images_evaluation", GlyphEvaluation.DrawingsPerCharacter, GlyphEvaluation.Characters);
        Require(held, "images_background", 2, GlyphEvaluation.Characters);
        return new GlyphData("Omniglot", recipe, seen, held, unseen, Runs(omniglot.ReadRuns()));
    }

    private static void Add(DrawingSetBuilder drawings, OmniglotDrawing drawing) =>
        drawings.Add(drawing.Alphabet, drawing.Character, drawing.Drawer, Ink(drawing.Picture, $"{drawing.Alphabet}/{drawing.Character}, drawer {drawing.Drawer}"));

    private static DrawingSet Build(DrawingSetBuilder drawings, string part) =>
        drawings.Count > 0
            ? drawings.Build()
            : throw new UserErrorException($"{part} lacks alphabets: the background has 30, with {string.Join(", ", Calibration)}, and the evaluation set 20. Download it again.");

    private static void Require(DrawingSet set, string part, int drawings, int characters)
    {
        int[] counts = new int[set.Characters.Length];
        foreach (int character in set.Classes)
            counts[character]++;
        int few = Array.FindIndex(counts, count => count < drawings);
        if (few >= 0)
        {
            throw new UserErrorException(
                $"{part}: {set.ClassName(few)} has {counts[few]} drawing{(counts[few] == 1 ? "" : "s")}, and {drawings} at least are needed. Omniglot has 20 of each: download it again, or remove the character.");
        }

        if (counts.Length < characters)
            throw new UserErrorException($"{part} has {counts.Length} of the characters that are needed, {characters} at least. Download it again.");
    }

    private static OneShotTasks Runs(IReadOnlyList<OmniglotRun> runs)
    {
        var drawings = new DrawingSetBuilder();
        var tasks = new List<OneShotTask>();
        foreach (OmniglotRun run in runs)
        {
            int first = drawings.Count, ways = run.Support.Count;
            for (int i = 0; i < ways; i++)
                drawings.Add(run.Name, $"{i + 1}", 1, Ink(run.Support[i], $"{run.Name}, example {i + 1}"));
            for (int i = 0; i < run.Queries.Count; i++)
                drawings.Add(run.Name, $"{run.Answers[i] + 1}", 2, Ink(run.Queries[i], $"{run.Name}, query {i + 1}"));
            tasks.Add(new OneShotTask($"Lake's {run.Name}", [.. Enumerable.Range(first, ways)], [.. Enumerable.Range(first + ways, run.Queries.Count)]));
        }

        return new OneShotTasks("lake20way1shot", "20-way 1-shot, Lake's 20 runs", drawings.Build(), [.. tasks]);
    }

    // Omniglot's ink is 0 and its paper 255.
    private static byte[] Ink(Picture picture, string what)
    {
        if (picture.Width != Centring.CanvasSide || picture.Height != Centring.CanvasSide || picture.Channels != 1)
        {
            throw new UserErrorException(
                $"{what}: the picture is {picture.Width}×{picture.Height} with {picture.Channels} channels; Omniglot's are {Centring.CanvasSide}×{Centring.CanvasSide} and grey. Download it again.");
        }

        byte[] canvas = [.. picture.Pixels];
        foreach (ref byte pixel in canvas.AsSpan())
            pixel = (byte)(255 - pixel);
        return canvas;
    }
}
