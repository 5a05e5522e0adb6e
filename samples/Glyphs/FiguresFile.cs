using System.Text.Json;

namespace Glyphs;

/// <summary>All figures of a run as JSON. Shares are 0 to 1, times in seconds.</summary>
internal static class FiguresFile
{
    /// <summary>Writes the figures of one training, or of several together with their mean and spread.</summary>
    /// <param name="trainings">The figures, one or more.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(IReadOnlyList<Figures> trainings)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            if (trainings.Count == 1)
                Write(json, trainings[0]);
            else
                WriteAll(json, trainings);
        }

        return buffer.ToArray();
    }

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<Figures> trainings)
    {
        json.WriteStartObject();
        WriteSpread(json, "mean", trainings, spread => spread.Mean);
        WriteSpread(json, "deviation", trainings, spread => spread.Deviation);
        json.WriteStartArray("trainings");
        foreach (Figures figures in trainings)
            Write(json, figures);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpread(Utf8JsonWriter json, string name, IReadOnlyList<Figures> trainings, Func<Spread, double> part)
    {
        json.WriteStartObject(name);
        foreach (Figure figure in trainings[0].All)
        {
            json.WriteNumber(figure.Key, part(Spread.Of([.. trainings.Select(figures => figure.Of(figures.Network))])));
            json.WriteNumber(Prefixed("views", figure.Key), part(Spread.Of([.. trainings.Select(figures => figure.Of(figures.Views))])));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Figures figures)
    {
        json.WriteStartObject();
        json.WriteString("data", figures.Data);
        json.WriteNumber("seed", figures.Options.Seed);
        json.WriteNumber("steps", figures.Steps);
        json.WriteNumber("parameters", figures.Parameters);
        json.WriteNumber("drawingsSeen", figures.DrawingsSeen);
        json.WriteNumber("trainSeconds", Math.Round(figures.TrainingTime.TotalSeconds, 3));
        Write(json, figures, figures.Network, name => name);
        Write(json, figures, figures.Views, name => Prefixed("views", name));
        Write(json, figures, figures.RawPixels, name => Prefixed("rawPixels", name));
        json.WriteStartObject("protocols");
        foreach ((string name, string protocol) in figures.Protocols)
            json.WriteString(name, protocol);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Prefixed(string prefix, string name) => $"{prefix}{char.ToUpperInvariant(name[0])}{name[1..]}";

    private static void Write(Utf8JsonWriter json, Figures figures, Score score, Func<string, string> key)
    {
        foreach (Figure figure in figures.All)
            json.WriteNumber(key(figure.Key), figure.Of(score));
    }
}
