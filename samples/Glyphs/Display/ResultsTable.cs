using System.Globalization;
using Spectre.Console;

namespace Glyphs.Display;

/// <summary>The results, for people.</summary>
internal static class ResultsTable
{
    /// <summary>Shows the results.</summary>
    /// <param name="console">Where.</param>
    /// <param name="figures">The results.</param>
    public static void Show(IAnsiConsole console, Figures figures)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn("characters never seen in training"), new TableColumn("network").RightAligned(),
            new TableColumn("raw pixels").RightAligned(), new TableColumn("chance").RightAligned());
        foreach (Figure figure in figures.All)
            table.AddRow(figure.Title, Percent(figure.Of(figures.Network)), Percent(figure.Of(figures.RawPixels)), Percent(figure.Chance));
        console.Write(table);
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.Data}: {figures.Parameters:#,0} parameters, {figures.Steps:#,0} steps, {figures.DrawingsSeen:#,0} drawings seen in {figures.TrainingTime.TotalSeconds:0.0} s"));
        foreach (string protocol in figures.Protocols.Values.Distinct())
            console.Profile.Out.Writer.WriteLine($"- {protocol}");
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
