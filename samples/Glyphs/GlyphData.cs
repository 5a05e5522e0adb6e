using System.Globalization;
using Glyphs.Pictures;

namespace Glyphs;

/// <summary>What a run learns from and is judged by. No alphabet is in two of the sets.</summary>
/// <param name="Name">The data's name.</param>
/// <param name="Recipe">How to train on it.</param>
/// <param name="Training">The drawings to learn from.</param>
/// <param name="Calibration">Drawings of alphabets held out from training, to choose a threshold by.</param>
/// <param name="Evaluation">The drawings to be judged by.</param>
/// <param name="Runs">One-shot runs within alphabets that are evaluated on.</param>
internal sealed record GlyphData(string Name, Recipe Recipe, DrawingSet Training, DrawingSet Calibration, DrawingSet Evaluation, OneShotTasks Runs)
{
    /// <summary>The data in a sentence.</summary>
    public string Describe() => $"{Name}: learns from {Size(Training)} and is judged by {Size(Evaluation)} that are not among them.";

    private static string Size(DrawingSet drawings) => string.Create(
        CultureInfo.InvariantCulture,
        $"{drawings.AlphabetNames.Length} alphabets ({drawings.Characters.Length:#,0} characters, {drawings.Count:#,0} drawings)");
}

/// <summary>Fixed runs of 20-way one-shot classification.</summary>
/// <param name="Key">What they are called in the file of figures.</param>
/// <param name="Title">What they are called in the table.</param>
/// <param name="Drawings">The drawings of all runs.</param>
/// <param name="All">The runs.</param>
internal sealed record OneShotTasks(string Key, string Title, DrawingSet Drawings, OneShotTask[] All);

/// <summary>One run: find, for each query, the one example of the same character.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Examples">Indices of the examples, one a character.</param>
/// <param name="Queries">Indices of the queries.</param>
internal sealed record OneShotTask(string Name, int[] Examples, int[] Queries);
