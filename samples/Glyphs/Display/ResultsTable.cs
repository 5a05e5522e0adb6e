using System.Globalization;
using SiameseGen.Images;
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
            new TableColumn($"{ImageViews.Slight.Count} views").RightAligned(), new TableColumn("raw pixels").RightAligned(), new TableColumn("chance").RightAligned());
        foreach (Figure figure in figures.All)
            table.AddRow(figure.Title, Percent(figure.Of(figures.Network)), Percent(figure.Of(figures.Views)), Percent(figure.Of(figures.RawPixels)), Percent(figure.Chance));
        console.Write(table);
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.Data}: {figures.Parameters:#,0} parameters, {figures.Steps:#,0} steps, {figures.DrawingsSeen:#,0} drawings seen in {figures.TrainingTime.TotalSeconds:0.0} s"));
        foreach (string protocol in figures.Protocols.Values.Distinct())
            console.Profile.Out.Writer.WriteLine($"- {protocol}");
    }

    /// <summary>Shows what several trainings reach: the mean, the standard deviation of one, the least and the most.</summary>
    /// <param name="console">Where.</param>
    /// <param name="trainings">The results, two or more.</param>
    public static void ShowSpread(IAnsiConsole console, IReadOnlyList<Figures> trainings)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns(
            new TableColumn($"mean ± deviation of {trainings.Count} seeds, least to most"), new TableColumn("network").RightAligned(), new TableColumn($"{ImageViews.Slight.Count} views").RightAligned());
        foreach (Figure figure in trainings[0].All)
            table.AddRow(figure.Title, Spread(trainings, figures => figure.Of(figures.Network)), Spread(trainings, figures => figure.Of(figures.Views)));
        console.Write(table);
    }

    private static string Spread(IReadOnlyList<Figures> trainings, Func<Figures, double> of)
    {
        Spread spread = Glyphs.Spread.Of([.. trainings.Select(of)]);
        return string.Create(
            CultureInfo.InvariantCulture, $"{100 * spread.Mean:0.00} ± {100 * spread.Deviation:0.00} ({100 * spread.Least:0.00} to {100 * spread.Most:0.00})");
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
