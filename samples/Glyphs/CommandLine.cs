using System.CommandLine;

namespace Glyphs;

/// <summary>The options of the command line, and what they say about themselves.</summary>
internal static class CommandLine
{
    /// <summary>Makes the command.</summary>
    /// <param name="run">Does what was asked for and returns the exit code.</param>
    /// <param name="compare">Compares losses with so many seeds, and writes a page to a file if one is named.</param>
    public static RootCommand Make(Func<GlyphOptions, CancellationToken, Task<int>> run, Func<GlyphOptions, int, string?, CancellationToken, Task<int>> compare)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Folder with Omniglot's images_background.zip, images_evaluation.zip and all_runs.zip, or the folder 'python' of its repository. "
                + "Without it, the alphabets are invented.",
            HelpName = "FOLDER",
        };
        var epochs = Number("--epochs", "Passes over the training drawings. Without it, as many as suit the data.", least: 1);
        var steps = Number("--steps", "Stop after so many training steps.", least: 1);
        var quick = new Option<bool>("--quick") { Description = "Train for a few minutes only. It reaches a little less." };
        var trainings = Number("--seeds", "Trainings, with seeds from --seed on: shows the mean and the spread of what they reach. Without it, 1.", least: 1);
        var seed = new Option<int>("--seed")
        {
            Description = "Seed. The same seed trains the same weights, byte for byte.",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 1,
        };
        var threads = Number("--threads", "Threads. Without it, one a core. The weights do not depend on it.", least: 1);
        var folder = new Option<string>("--out")
        {
            Description = "Folder for the weights, glyphs.safetensors.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => "out",
        };
        var json = new Option<string?>("--json") { Description = "File for all figures.", HelpName = "FILE" };
        var command = new RootCommand("Learns to tell handwritten characters apart, and recognises characters it has never seen from one example each.")
        {
            data, quick, epochs, steps, seed, trainings, threads, folder, json,
        };
        command.SetAction((result, cancellation) => run(Asked(result) with { Seeds = result.GetValue(trainings) ?? 1 }, cancellation));

        var seeds = Number("--seeds", "Trainings of each loss, from --seed on. Without it, 3.", least: 1);
        var markdown = new Option<string?>("--markdown") { Description = "File for a page with the table.", HelpName = "FILE" };
        var comparison = new Command("compare", "Trains one encoder with eight losses, the same budget and seeds each, and compares what they reach.") { data, quick, epochs, steps, seed, threads, seeds, markdown };
        comparison.SetAction((result, cancellation) => compare(Asked(result), result.GetValue(seeds) ?? 3, result.GetValue(markdown), cancellation));
        command.Subcommands.Add(comparison);
        return command;

        GlyphOptions Asked(ParseResult result) => new()
        {
            Data = result.GetValue(data),
            Epochs = result.GetValue(epochs),
            Quick = result.GetValue(quick),
            Steps = result.GetValue(steps),
            Seed = result.GetValue(seed),
            Threads = result.GetValue(threads) ?? 0,
            Out = result.GetValue(folder) ?? "out",
            Json = result.GetValue(json),
        };
    }

    private static Option<int?> Number(string name, string description, int least)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "NUMBER" };
        option.Validators.Add(result =>
        {
            // A value that is no number has its own message, which reading it here would hide.
            if (result.Tokens is [{ Value: { } text }] && int.TryParse(text, out int value) && value < least)
                result.AddError($"{name} is {value}; it has to be {least} or more.");
        });
        return option;
    }
}
