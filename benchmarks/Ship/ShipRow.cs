using System.Globalization;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The value.</param>
/// <param name="Asked">What was asked for; empty when nothing was.</param>
/// <param name="Holds">Whether it is so.</param>
internal sealed record ShipRow(string What, string Measured, string Asked, bool Holds)
{
    /// <summary>A value that has a limit.</summary>
    public static ShipRow AtMost(string what, double value, double most, string format)
    {
        string Write(double number) => number.ToString(format, CultureInfo.InvariantCulture);
        return new ShipRow(what, Write(value), $"≤ {most.ToString(CultureInfo.InvariantCulture)}", value <= most);
    }

    /// <summary>A value that should be large.</summary>
    public static ShipRow AtLeast(string what, double value, double least, string format) =>
        new(what, value.ToString(format, CultureInfo.InvariantCulture), $"≥ {least.ToString(CultureInfo.InvariantCulture)}", value >= least);

    /// <summary>Two things that should be equal.</summary>
    public static ShipRow Equal(string what, bool equal) => new(what, equal ? "equal" : "DIFFERENT", "equal", equal);

    /// <summary>Something that this machine cannot measure.</summary>
    public static ShipRow Skipped(string what, string why) => new(what, $"skipped: {why}", "", true);

    /// <summary>A value that nothing was asked of.</summary>
    public static ShipRow Only(string what, string measured) => new(what, measured, "", true);

    /// <summary>Prints lines as a table of Markdown.</summary>
    public static void Print(IEnumerable<ShipRow> rows)
    {
        Console.WriteLine("| | measured | asked |");
        Console.WriteLine("|---|--:|--:|");
        foreach (ShipRow row in rows)
            Console.WriteLine($"| {row.What} | {row.Measured}{(row.Holds ? "" : " MISSED")} | {row.Asked} |");
    }
}
