using System.Text.Json;
using SiameseGen.Evaluation;
using SiameseGen.Tests.Persistence;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Verification;

/// <summary>Files of thresholds, templates and learned weights say so when they were edited.</summary>
public sealed class CheckedJsonTests : IDisposable
{
    private static readonly string Model = new('a', 64);
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("door.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_verifier_that_was_edited_is_refused()
    {
        Calibration calibration = Measured(ScoreForm.Logistic);
        VerifierFile.Save(Path, "Faces", calibration, [("Ada", [1f, 2f]), ("Bob", [3f, 4f])]);
        string text = File.ReadAllText(Path), threshold = $"\"threshold\": {JsonSerializer.Serialize(calibration.Threshold.Value)}", template = "AACAPwAAAEA=";
        Assert.Contains(threshold, text, StringComparison.Ordinal);
        Assert.Contains(template, text, StringComparison.Ordinal);
        foreach ((string from, string to) in new[]
        {
            (threshold, "\"threshold\": -5"), (threshold, "\"threshold\": 1e39"), (threshold, threshold + "1"), (threshold, $"\"threshold\": 0.1, {threshold}"), ("\"Ada\"", "\"Eve\""),
            (template, "AACAPwAAAEE="), ("\"impostorTrials\": ", "\"impostorTrials\": 1"), ("\"sha256\"", "\"sha255\""), ("\"sha256\": \"", "\"sha256\": \"0"), ("  \"sha256\"", "  \"more\": 1,\n  \"sha256\""),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            File.WriteAllText(Path, text.Replace(from, to, StringComparison.Ordinal));
            Assert.Contains("was changed", Assert.Throws<InvalidDataException>(() => VerifierFile.Load(Path, templateLength: 2)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => Calibration.Load(Path));
        }

        int last = text.LastIndexOf(',');
        File.WriteAllText(Path, text[..last] + "}");
        Assert.Contains("was changed", Assert.Throws<InvalidDataException>(() => Calibration.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScoreForm.Logistic)]
    [InlineData(ScoreForm.Isotonic)]
    public void White_space_and_line_ends_may_change(ScoreForm form)
    {
        Calibration calibration = Measured(form);
        VerifierFile.Save(Path, "Faces", calibration, [("Ada+<é>\u2028😀", [1f, float.MinValue]), ("Ada+<é>\u2028😀", [-0f, float.Epsilon])]);
        string text = File.ReadAllText(Path).ReplaceLineEndings("\n");
        using var document = JsonDocument.Parse(text);
        foreach (string same in (string[])[text, text.ReplaceLineEndings("\r\n"), text + "\n", JsonSerializer.Serialize(document.RootElement)])
        {
            File.WriteAllText(Path, same);
            (Calibration read, List<(string Identity, float[] Template)> templates) = VerifierFile.Load(Path, templateLength: 2);
            Assert.Equal(calibration, read);
            Assert.Equal([("Ada+<é>\u2028😀", "1 -3.4028235E+38"), ("Ada+<é>\u2028😀", "-0 1E-45")], templates.Select(entry => (entry.Identity, FormattableString.Invariant($"{entry.Template[0]} {entry.Template[1]}"))));
        }
    }

    [Theory]
    [InlineData("threshold", "1e39")]
    [InlineData("unsureUntil", "1e39")]
    [InlineData("falseMatchRate", "{\"value\":0,\"low\":0,\"high\":1e400}")]
    [InlineData("scoreSlope", "1e400")]
    [InlineData("scoreOffset", "-1e400")]
    public void Numbers_that_are_too_large_are_refused_whatever_the_checksum(string member, string value)
    {
        Measured(ScoreForm.Logistic).Save(Path);
        Edit(member, value);
        Assert.Contains("no finite number", Assert.Throws<InvalidDataException>(() => Calibration.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format", "3", "newer version")]
    [InlineData("format", "1", "damaged")]
    [InlineData("scoreProbabilities", "[2]", "damaged")]
    [InlineData("scoreDistances", "[]", "damaged")]
    [InlineData("unsureUntil", "-1e9", "ends before it begins")]
    public void What_does_not_fit_together_is_refused_whatever_the_checksum(string member, string value, string reason)
    {
        Measured(ScoreForm.Isotonic).Save(Path);
        Edit(member, value);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Calibration.Load(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_were_edited_are_refused()
    {
        BoundValuesFile.Save(Path, "kind", "Faces", Model, [1f, 2f]);
        string text = File.ReadAllText(Path);
        foreach ((string from, string to) in new[] { ("AACAPwAAAEA=", "AACAPwAAAEE="), ("aaaa", "aaab"), ("\"sha256\"", "\"none\"") })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            File.WriteAllText(Path, text.Replace(from, to, StringComparison.Ordinal));
            Assert.Throws<InvalidDataException>(() => BoundValuesFile.Load(Path, "thing", "kind"));
        }

        File.WriteAllText(Path, text.ReplaceLineEndings("\r\n"));
        Assert.Contains("is no thing", Assert.Throws<InvalidDataException>(() => BoundValuesFile.Load(Path, "thing", "other")).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 2f], BoundValuesFile.Load(Path, "thing", "other", "kind").Values);
    }

    // Changes a member and the checksum with it.
    private void Edit(string name, string value)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path));
        CheckedJson.Save(Path, json =>
        {
            foreach (JsonProperty member in document.RootElement.EnumerateObject().SkipLast(1))
            {
                json.WritePropertyName(member.Name);
                json.WriteRawValue(member.Name == name ? value : member.Value.GetRawText());
            }
        });
    }

    private static Calibration Measured(ScoreForm form)
    {
        var scores = new PairScores([.. Enumerable.Range(0, 100).Select(i => i * 0.013f)], [.. Enumerable.Range(0, 400).Select(i => 0.8f + (i * 0.0017f))]);
        return Calibration.Of(scores, CalibrationTarget.EqualErrorRate, Model, score: form);
    }
}
