using System.Buffers.Binary;
using System.Text.Json;

namespace SiameseGen.Verification;

/// <summary>Values that belong to the weights of one encoder as JSON, such as a learned similarity or a cohort: in base64, four bytes a value, little endian. The last member is a checksum (<see cref="CheckedJson"/>).</summary>
internal static class BoundValuesFile
{
    private const int Format = 1, FingerprintLength = 64;

    /// <param name="path">The file.</param>
    /// <param name="kind">What the values are, for programs.</param>
    /// <param name="encoder">The encoder's name.</param>
    /// <param name="model">The fingerprint of its weights.</param>
    /// <param name="values">The values.</param>
    /// <param name="isPrivate">Whether they tell of people.</param>
    public static void Save(string path, string kind, string encoder, string model, ReadOnlySpan<float> values, bool isPrivate = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        byte[] bytes = Bytes(values);
        CheckedJson.Save(path, json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("kind", kind);
            json.WriteString("encoder", encoder);
            json.WriteString("model", model);
            json.WriteBase64String("weights", bytes);
        }, isPrivate);
    }

    /// <param name="path">The file.</param>
    /// <param name="what">What it is to be, for people.</param>
    /// <param name="kinds">The kinds that are read.</param>
    /// <exception cref="InvalidDataException">The file is not one of these.</exception>
    public static (string Kind, string Model, float[] Values) Load(string path, string what, params string[] kinds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            string kind = root.GetProperty("kind").GetString() ?? "", model = root.GetProperty("model").GetString() ?? "";
            if (!kinds.Contains(kind, StringComparer.Ordinal) || format != Format || model.Length != FingerprintLength)
                throw new InvalidDataException($"{path} is no {what} that this version reads.");
            CheckedJson.EnsureUnchanged(path, root);
            byte[] bytes = root.GetProperty("weights").GetBytesFromBase64();
            if (bytes.Length % sizeof(float) != 0)
                throw new InvalidDataException($"{path} has {bytes.Length} bytes of values of {sizeof(float)} each.");
            float[] values = new float[bytes.Length / sizeof(float)];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
                if (!float.IsFinite(values[i]))
                    throw new InvalidDataException($"{path} has the value {values[i]}.");
            }

            return (kind, model, values);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a {what} of SiameseGen, or it is damaged: {failure.Message}", failure);
        }
    }

    public static byte[] Bytes(ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }
}
