using System.Text.Json;

namespace Glyphs;

/// <summary>All figures of a run as JSON. Shares are 0 to 1, times in seconds.</summary>
internal static class FiguresFile
{
    /// <summary>Writes the figures.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(Figures figures)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("data", figures.Data);
            json.WriteNumber("seed", figures.Options.Seed);
            json.WriteNumber("steps", figures.Steps);
            json.WriteNumber("parameters", figures.Parameters);
            json.WriteNumber("drawingsSeen", figures.DrawingsSeen);
            json.WriteNumber("trainSeconds", Math.Round(figures.TrainingTime.TotalSeconds, 3));
            Write(json, figures, figures.Network, name => name);
            Write(json, figures, figures.RawPixels, name => $"rawPixels{char.ToUpperInvariant(name[0])}{name[1..]}");
            json.WriteStartObject("protocols");
            foreach ((string name, string protocol) in figures.Protocols)
                json.WriteString(name, protocol);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Figures figures, Score score, Func<string, string> key)
    {
        foreach (Figure figure in figures.All)
            json.WriteNumber(key(figure.Key), figure.Of(score));
    }
}
