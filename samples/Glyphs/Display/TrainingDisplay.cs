using System.Globalization;
using SiameseGen.Training;
using Spectre.Console;

namespace Glyphs.Display;

/// <summary>Shows how far training has come: a live bar on a terminal, and otherwise a plain line at the start and now and then.</summary>
internal static class TrainingDisplay
{
    private const int LinesWhenRedirected = 20;

    /// <summary>Shows a training while it runs.</summary>
    /// <param name="console">Where.</param>
    /// <param name="train">Starts the training and reports to what it is given.</param>
    public static Task<TrainingResult> ShowAsync(IAnsiConsole console, Func<IProgress<TrainingProgress>, Task<TrainingResult>> train) =>
        console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal ? ShowBarAsync(console, train) : train(new Lines(console));

    private static Task<TrainingResult> ShowBarAsync(IAnsiConsole console, Func<IProgress<TrainingProgress>, Task<TrainingResult>> train) =>
        console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context => train(new Bar(context.AddTask("starting"))));

    private static string Describe(in TrainingProgress now) => string.Create(
        CultureInfo.InvariantCulture,
        $"step {now.Step} of {now.Steps}  epoch {now.Epoch} of {now.Epochs}  loss {now.Loss:0.000}  active {now.ActiveShare:0.0%}  "
        + $"same {now.PositiveDistance:0.00}  other {now.NegativeDistance:0.00}  {now.ItemsPerSecond:0} drawings/s  {Time(now.TimeLeft)} left");

    private static string Time(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private sealed class Bar(ProgressTask task) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.MaxValue = value.Steps;
            task.Value = value.Step;
            task.Description = Describe(value);
        }
    }

    // The first report has a line of its own, so that a run shows at once that it is alive and how long it will take.
    private sealed class Lines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        private int _written = -1;

        public void Report(TrainingProgress value)
        {
            int due = (int)((long)value.Step * LinesWhenRedirected / value.Steps);
            if (due <= _written)
                return;
            _written = due;
            console.Profile.Out.Writer.WriteLine(Describe(value));
        }
    }
}
