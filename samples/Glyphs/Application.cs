using System.Globalization;
using Glyphs.Alphabets;
using Glyphs.Comparison;
using Glyphs.Display;
using SiameseGen;
using SiameseGen.Training;
using Spectre.Console;

namespace Glyphs;

/// <summary>The whole program: data, training, figures, demonstration.</summary>
/// <param name="console">Where results are shown.</param>
/// <param name="errors">Where errors are written.</param>
internal sealed class Application(IAnsiConsole console, TextWriter errors)
{
    /// <summary>Does what was asked for.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The exit code: 0, 1 for an error of the user's to mend, 130 when cancelled.</returns>
    public Task<int> RunAsync(GlyphOptions options, CancellationToken cancellation) => TellAsync(() => LearnAndShowAsync(options, cancellation), cancellation);

    /// <summary>Compares losses.</summary>
    /// <param name="options">What was asked for; the first seed.</param>
    /// <param name="seeds">How many seeds.</param>
    /// <param name="page">The file for a page with the table; null for none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The exit code, as of <see cref="RunAsync"/>.</returns>
    public Task<int> CompareAsync(GlyphOptions options, int seeds, string? page, CancellationToken cancellation) => TellAsync(
        async () =>
        {
            TextWriter output = console.Profile.Out.Writer;
            GlyphData data = Load(options, cancellation);
            output.WriteLine(data.Describe());
            IReadOnlyList<ComparedLoss> rows = await LossComparison.RunAsync(data, options, seeds, output, cancellation);
            string arguments = string.Create(CultureInfo.InvariantCulture, $"compare{(options.Data is null ? "" : " --data FOLDER")}{(options.Steps is { } steps ? $" --steps {steps}" : "")} --seeds {seeds}");
            string text = LossComparison.Page(rows, data, arguments);
            output.WriteLine();
            output.WriteLine(text);
            if (page is not null)
                await File.WriteAllTextAsync(page, text, cancellation);
        },
        cancellation);

    private static GlyphData Load(GlyphOptions options, CancellationToken cancellation) =>
        options.Data is { } folder ? OmniglotData.Load(folder, cancellation) : InventedData.Draw(options.Threads, cancellation);

    private async Task<int> TellAsync(Func<Task> work, CancellationToken cancellation)
    {
        // What the user can mend is said in a sentence. Everything else is a defect, and shows where it happened.
        try
        {
            await work();
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Cancelled.");
            return 130;
        }
        catch (Exception problem) when (problem is UserErrorException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"error: {problem.Message}");
            return 1;
        }
    }

    private async Task LearnAndShowAsync(GlyphOptions options, CancellationToken cancellation)
    {
        TextWriter output = console.Profile.Out.Writer;
        var outputs = new Outputs(options.Out, options.Json);

        GlyphData data = Load(options, cancellation);
        output.WriteLine(data.Describe());

        List<(GlyphEncoder Encoder, Figures Figures)> trainings = [];
        for (int i = 0; i < options.Seeds; i++)
        {
            trainings.Add(await LearnAsync(data, options with { Seed = options.Seed + i }, output, cancellation));
            if (i == 0)
                outputs.SaveWeights(trainings[0].Encoder.Save);
        }

        Figures[] figures = [.. trainings.Select(training => training.Figures)];
        if (figures.Length > 1)
            ResultsTable.ShowSpread(console, figures);
        outputs.SaveJson(FiguresFile.Write(figures));
        output.WriteLine($"The weights{(figures.Length > 1 ? $" of seed {options.Seed}" : "")} are in {outputs.Weights}.");
        output.WriteLine();

        new Demonstration(trainings[0].Encoder, data.Runs.Drawings, data.Runs.All[0]).Write(output, queries: 3);
    }

    private async Task<(GlyphEncoder Encoder, Figures Figures)> LearnAsync(GlyphData data, GlyphOptions options, TextWriter output, CancellationToken cancellation)
    {
        var encoder = new GlyphEncoder(options.Seed);
        TrainingResult training = await GlyphTraining.RunAsync(encoder, data.Training, data.Recipe, options, console, cancellation);
        foreach (TrainingWarning warning in training.Warnings)
            output.WriteLine($"warning: {warning}");
        Figures figures = GlyphEvaluation.Measure(encoder, data, options, training, cancellation);
        ResultsTable.Show(console, figures);
        return (encoder, figures);
    }
}
