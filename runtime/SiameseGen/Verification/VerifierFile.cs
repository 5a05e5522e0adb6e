using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>Calibrations and templates as JSON: numbers in full, templates in base64, four bytes a value, little endian. The last member is a checksum (<see cref="CheckedJson"/>).</summary>
internal static class VerifierFile
{
    // Files with a logistic score are of format 1, those with an isotonic one of format 2: who reads only the former says so rather than guess.
    private const int LogisticFormat = 1, IsotonicFormat = 2;

    public static void Save(string path, string encoder, Calibration calibration, IEnumerable<(string Identity, float[] Template)>? templates)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        CheckedJson.Save(path, Members, isPrivate: templates is not null);

        void Members(Utf8JsonWriter json)
        {
            json.WriteNumber("format", calibration.Score is IsotonicScore ? IsotonicFormat : LogisticFormat);
            json.WriteString("encoder", encoder);
            Write(json, calibration);
            if (templates is null)
                return;
            json.WriteStartArray("templates");
            foreach ((string identity, float[] template) in templates)
            {
                byte[] bytes = new byte[template.Length * sizeof(float)];
                for (int i = 0; i < template.Length; i++)
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), template[i]);
                json.WriteStartObject();
                json.WriteString("identity", identity);
                json.WriteBase64String("template", bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="templateLength">Floats of a template; null to leave templates unread.</param>
    /// <param name="check">Looks at the calibration before templates are read.</param>
    /// <exception cref="InvalidDataException">The file is not one of these.</exception>
    public static (Calibration Calibration, List<(string Identity, float[] Template)> Templates) Load(string path, int? templateLength, Action<Calibration>? check = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            if (format is not (LogisticFormat or IsotonicFormat))
                throw new InvalidDataException($"{path} has the format {format}; this version reads {LogisticFormat} and {IsotonicFormat}. It is of a newer version: update SiameseGen.");
            CheckedJson.EnsureUnchanged(path, root);
            Calibration calibration = Read(path, root, format == IsotonicFormat);
            check?.Invoke(calibration);
            List<(string Identity, float[] Template)> templates = [];
            if (templateLength is { } length)
            {
                foreach (JsonElement entry in root.GetProperty("templates").EnumerateArray())
                    templates.Add(Template(path, entry, length));
            }

            return (calibration, templates);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a calibration or verifier of SiameseGen, or it is damaged: {failure.Message}", failure);
        }
    }

    private static (string Identity, float[] Template) Template(string path, JsonElement entry, int length)
    {
        string identity = entry.GetProperty("identity").GetString() ?? "";
        byte[] bytes = entry.GetProperty("template").GetBytesFromBase64();
        if (identity.Length == 0 || bytes.Length != length * sizeof(float))
            throw new InvalidDataException($"{path} has a template of '{identity}' with {bytes.Length} bytes; one of this encoder has {length * sizeof(float)}.");
        float[] template = new float[length];
        for (int i = 0; i < length; i++)
        {
            template[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
            if (!float.IsFinite(template[i]))
                throw new InvalidDataException($"{path} has a template of '{identity}' with the value {template[i]}.");
        }

        return (identity, template);
    }

    private static void Write(Utf8JsonWriter json, Calibration calibration)
    {
        json.WriteString("model", calibration.Model);
        json.WriteNumber("threshold", calibration.Threshold.Value);
        json.WriteNumber("unsureUntil", calibration.UnsureUntil.Value);
        json.WriteString("target", calibration.Target);
        Write(json, "falseMatchRate", calibration.FalseMatchRate);
        Write(json, "falseNonMatchRate", calibration.FalseNonMatchRate);
        json.WriteNumber("impostorTrials", calibration.ImpostorTrials);
        json.WriteNumber("genuineTrials", calibration.GenuineTrials);
        json.WriteString("protocol", calibration.Protocol);
        switch (calibration.Score)
        {
            case LogisticScore logistic:
                json.WriteNumber("scoreSlope", logistic.Slope);
                json.WriteNumber("scoreOffset", logistic.Offset);
                break;
            case IsotonicScore isotonic:
                Write(json, "scoreDistances", isotonic.Distances);
                Write(json, "scoreProbabilities", isotonic.Probabilities);
                break;
            default:
                throw new NotSupportedException($"A score of type {calibration.Score.GetType()} cannot be saved; a LogisticScore or an IsotonicScore can.");
        }
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<float> values)
    {
        json.WriteStartArray(name);
        foreach (float value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", estimate.Value);
        json.WriteNumber("low", estimate.Low);
        json.WriteNumber("high", estimate.High);
        json.WriteEndObject();
    }

    private static IDistanceScore Score(JsonElement root, bool isIsotonic)
    {
        if (!isIsotonic)
            return new LogisticScore(CheckedJson.FiniteDouble(root.GetProperty("scoreSlope")), CheckedJson.FiniteDouble(root.GetProperty("scoreOffset")));
        float[] distances = [.. root.GetProperty("scoreDistances").EnumerateArray().Select(CheckedJson.FiniteSingle)];
        float[] probabilities = [.. root.GetProperty("scoreProbabilities").EnumerateArray().Select(CheckedJson.FiniteSingle)];
        try
        {
            return new IsotonicScore(distances, probabilities);
        }
        catch (ArgumentException failure)
        {
            throw new FormatException(failure.Message, failure);
        }
    }

    private static Calibration Read(string path, JsonElement root, bool isIsotonic)
    {
        var calibration = new Calibration
        {
            Model = root.GetProperty("model").GetString() ?? "",
            Threshold = new Distance(CheckedJson.FiniteSingle(root.GetProperty("threshold"))),
            UnsureUntil = new Distance(CheckedJson.FiniteSingle(root.GetProperty("unsureUntil"))),
            Target = root.GetProperty("target").GetString() ?? "",
            FalseMatchRate = Estimate(root.GetProperty("falseMatchRate")),
            FalseNonMatchRate = Estimate(root.GetProperty("falseNonMatchRate")),
            ImpostorTrials = root.GetProperty("impostorTrials").GetInt64(),
            GenuineTrials = root.GetProperty("genuineTrials").GetInt64(),
            Protocol = root.GetProperty("protocol").GetString() ?? "",
            Score = Score(root, isIsotonic),
        };
        return calibration.Model.Length == 64 && calibration.UnsureUntil >= calibration.Threshold
            ? calibration
            : throw new InvalidDataException($"{path} has no model, or an unsure band that ends before it begins.");
    }

    private static Estimate Estimate(JsonElement element) =>
        new(CheckedJson.FiniteDouble(element.GetProperty("value")), CheckedJson.FiniteDouble(element.GetProperty("low")), CheckedJson.FiniteDouble(element.GetProperty("high")));
}
