using Glyphs.Alphabets;
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
    public async Task<int> RunAsync(GlyphOptions options, CancellationToken cancellation)
    {
        // What the user can mend is said in a sentence. Everything else is a defect, and shows where it happened.
        try
        {
            await LearnAndShowAsync(options, cancellation);
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

        GlyphData data = options.Data is { } folder ? OmniglotData.Load(folder, cancellation) : InventedData.Draw(options.Threads, cancellation);
        output.WriteLine(data.Describe());

        var encoder = new GlyphEncoder(options.Seed);
        TrainingResult training = await GlyphTraining.RunAsync(encoder, data.Training, data.Recipe, options, console, cancellation);
        outputs.SaveWeights(encoder.Save);

        Figures figures = GlyphEvaluation.Measure(encoder, data, options, training, cancellation);
        ResultsTable.Show(console, figures);
        outputs.SaveJson(FiguresFile.Write(figures));
        output.WriteLine($"The weights are in {outputs.Weights}.");
        output.WriteLine();

        new Demonstration(encoder, data.Runs.Drawings, data.Runs.All[0]).Write(output, queries: 3);
    }
}
