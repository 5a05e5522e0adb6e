using Glyphs.Display;
using SiameseGen.Training;
using Spectre.Console;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Display;

public class TrainingDisplayTests
{
    [Fact]
    public async Task A_redirected_run_has_a_line_after_the_first_report_and_twenty_more()
    {
        using var shown = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(shown), Interactive = InteractionSupport.No });
        await TrainingDisplay.ShowAsync(console, progress =>
        {
            for (int step = 1; step <= 1000; step++)
                progress.Report(default(TrainingProgress) with { Step = step, Steps = 1000 });
            return Task.FromResult(new TrainingResult(1, 1000, 0f, null, 0, false, 0, TimeSpan.Zero));
        });
        string[] lines = shown.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("step 1 of 1000 ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("step 50 of 1000 ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("step 1000 of 1000 ", lines[20], StringComparison.Ordinal);
    }
}
