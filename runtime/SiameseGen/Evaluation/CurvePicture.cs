using System.Globalization;
using System.Text;
using SiameseGen.Persistence;

namespace SiameseGen.Evaluation;

/// <summary>ROC or DET curves as a picture in SVG, which browsers show and documents take. Equal curves give equal files, byte for byte.</summary>
public sealed class CurvePicture
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private readonly NamedCurve[] _curves;
    private readonly CurveAxis _across, _up;
    private readonly bool _isDet;

    private CurvePicture(NamedCurve[] curves, CurveAxis across, CurveAxis up, bool isDet)
    {
        if (curves.Length == 0)
            throw new ArgumentException("There is no curve to draw.", nameof(curves));
        foreach (NamedCurve curve in curves)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(curve.Name, nameof(curves));
            ArgumentNullException.ThrowIfNull(curve.Curve, nameof(curves));
        }

        (_curves, _across, _up, _isDet) = (curves, across, up, isDet);
    }

    /// <summary>True matches (1 − FNMR) against false matches (FMR), both from 0 to 1. Better curves lie further up and left.</summary>
    /// <param name="curves">The curves, each with its name; one or more.</param>
    /// <exception cref="ArgumentException">There are no curves, or one has no name.</exception>
    public static CurvePicture Roc(params IEnumerable<NamedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return new CurvePicture([.. curves], CurveAxis.Linear("false match rate"), CurveAxis.Linear("true match rate"), isDet: false);
    }

    /// <summary>Both rates of error against each other (FNMR, FMR) on axes of normal deviates. Better curves lie further down and left; a rate of 0 lies on the edge.</summary>
    /// <param name="curves">The curves, each with its name; one or more.</param>
    /// <exception cref="ArgumentException">There are no curves, or one has no name.</exception>
    public static CurvePicture Det(params IEnumerable<NamedCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        NamedCurve[] all = [.. curves];
        double least = all.SelectMany(curve => curve.Curve?.Points ?? []).SelectMany(point => new[] { point.FalseMatchRate, point.FalseNonMatchRate }).Where(rate => rate > 0).DefaultIfEmpty(1).Min();
        return new CurvePicture(all, CurveAxis.Deviates("false match rate", least), CurveAxis.Deviates("false non-match rate", least), isDet: true);
    }

    /// <summary>Writes the picture to a file, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists; its name ends in <c>.svg</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The folder does not exist, the path is a folder's, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToSvg())));
    }

    /// <summary>The picture as SVG 1.1.</summary>
    public string ToSvg()
    {
        int height = CurveAxis.Top + CurveAxis.Size + 60 + (20 * _curves.Length);
        var svg = new StringBuilder();
        svg.Append(Culture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {CurveAxis.Left + CurveAxis.Size + 30} {height}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append(Culture, $"<title>{(_isDet ? "DET" : "ROC")} curves: {Escape(string.Join(", ", _curves.Select(curve => curve.Name)))}</title>\n");
        svg.Append(Culture, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        foreach ((double value, string text) in _across.Ticks)
        {
            double x = _across.At(value) + CurveAxis.Left;
            svg.Append(Culture, $"<path d=\"M{x:F1} {CurveAxis.Top}v{CurveAxis.Size}\" stroke=\"#dddddd\"/><text x=\"{x:F1}\" y=\"{CurveAxis.Top + CurveAxis.Size + 18}\" text-anchor=\"middle\">{text}</text>\n");
        }

        foreach ((double value, string text) in _up.Ticks)
        {
            double y = CurveAxis.Top + CurveAxis.Size - _up.At(value);
            svg.Append(Culture, $"<path d=\"M{CurveAxis.Left} {y:F1}h{CurveAxis.Size}\" stroke=\"#dddddd\"/><text x=\"{CurveAxis.Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{text}</text>\n");
        }

        const double Middle = CurveAxis.Size / 2.0;
        svg.Append(Culture, $"<rect x=\"{CurveAxis.Left}\" y=\"{CurveAxis.Top}\" width=\"{CurveAxis.Size}\" height=\"{CurveAxis.Size}\" fill=\"none\" stroke=\"#444444\"/>\n");
        svg.Append(Culture, $"<text x=\"{CurveAxis.Left + Middle}\" y=\"{CurveAxis.Top + CurveAxis.Size + 40}\" text-anchor=\"middle\">{_across.Name}</text>\n");
        svg.Append(Culture, $"<text transform=\"translate(18 {CurveAxis.Top + Middle}) rotate(-90)\" text-anchor=\"middle\">{_up.Name}</text>\n");
        for (int i = 0; i < _curves.Length; i++)
            Draw(svg, _curves[i], i);
        return svg.Append("</svg>\n").ToString();
    }

    private void Draw(StringBuilder svg, NamedCurve curve, int number)
    {
        // Okabe and Ito's colours, which people who see few colours tell apart; dashed from the second round on.
        string[] colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
        string colour = colours[number % colours.Length], dashes = number < colours.Length ? "" : $" stroke-dasharray=\"{2 * (number / colours.Length)} 3\"";
        svg.Append(Culture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes} points=\"");
        string last = "";
        foreach (RocPoint point in curve.Curve.Points)
        {
            double x = CurveAxis.Left + _across.At(point.FalseMatchRate), y = CurveAxis.Top + CurveAxis.Size - _up.At(_isDet ? point.FalseNonMatchRate : 1 - point.FalseNonMatchRate);
            string place = string.Create(Culture, $"{x:F1},{y:F1}");

            // Of thousands of points most fall on the same tenth of a pixel.
            if (place != last)
                svg.Append(last.Length == 0 ? "" : " ").Append(place);
            last = place;
        }

        int line = CurveAxis.Top + CurveAxis.Size + 62 + (20 * number);
        svg.Append("\"/>\n");
        svg.Append(Culture, $"<path d=\"M{CurveAxis.Left} {line - 4}h28\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/><text x=\"{CurveAxis.Left + 36}\" y=\"{line}\">{Escape(curve.Name)}: EER {100 * curve.Curve.EqualErrorRate:F1} %, AUC {curve.Curve.Auc:F3}</text>\n");
    }

    // Characters that XML gives a meaning, or does not allow.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case < ' ' or 0xFFFE or 0xFFFF:
                    escaped.Append(' ');
                    break;
                default:
                    escaped.Append(rune.ToString());
                    break;
            }
        }

        return escaped.ToString();
    }
}

/// <summary>A curve and what it is called in a picture.</summary>
/// <param name="Name">The name.</param>
/// <param name="Curve">The curve.</param>
public readonly record struct NamedCurve(string Name, RocCurve Curve);
