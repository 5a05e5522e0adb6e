using Glyphs.Pictures;
using SiameseGen;

namespace Glyphs.Alphabets;

/// <summary>The data of a run without <c>--data</c>: some invented alphabets to learn from, others to be judged by.</summary>
internal static class InventedData
{
    private const int Training = 30;
    private const int Calibration = 4;
    private const int Evaluation = 10;
    private const int RunsPerAlphabet = 2;
    private const int Ways = 20;

    /// <summary>Draws it all.</summary>
    /// <param name="threads">Threads to use; 0 for one a core.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static GlyphData Draw(int threads, CancellationToken cancellation)
    {
        int workers = threads == 0 ? Environment.ProcessorCount : threads;
        DrawingSet evaluation = InventedAlphabets.Draw(Training + Calibration, Evaluation, workers, cancellation);
        var runs = new OneShotTasks(
            "withinAlphabet20way1shot", "20-way 1-shot, within an alphabet", evaluation,
            [.. Enumerable.Range(0, Evaluation * RunsPerAlphabet).Select(run => MakeRun(evaluation, run))]);
        return new GlyphData(
            "Invented alphabets", Recipe.Invented, InventedAlphabets.Draw(0, Training, workers, cancellation),
            InventedAlphabets.Draw(Training, Calibration, workers, cancellation), evaluation, runs);
    }

    // As Lake's runs: 20 characters of an alphabet, all examples by one hand and all queries by another.
    private static OneShotTask MakeRun(DrawingSet drawings, int run)
    {
        var random = new CounterRandom(0, CounterRandom.Purpose.Evaluation, (uint)run);
        int alphabet = run / RunsPerAlphabet;
        int[] characters = [.. Enumerable.Range(alphabet * InventedAlphabets.CharactersPerAlphabet, InventedAlphabets.CharactersPerAlphabet)];
        random.Shuffle<int>(characters);
        int hand = random.NextInt32(InventedAlphabets.Hands), other = (hand + 1 + random.NextInt32(InventedAlphabets.Hands - 1)) % InventedAlphabets.Hands;
        return new OneShotTask(
            $"{drawings.AlphabetNames[alphabet]}, run {(run % RunsPerAlphabet) + 1}",
            [.. characters[..Ways].Select(character => (character * InventedAlphabets.Hands) + hand)],
            [.. characters[..Ways].Select(character => (character * InventedAlphabets.Hands) + other)]);
    }
}
