using System.Buffers.Binary;
using System.Text.Json;

namespace SiameseGen.Verification;

/// <summary>A learned similarity as JSON: its weights in base64, four bytes a value, little endian. The last member is a checksum (<see cref="CheckedJson"/>).</summary>
internal static class WeightedL1File
{
    private const int Format = 1, FingerprintLength = 64;
    private const string Kind = "weightedL1";

    public static void Save(string path, string encoder, string model, float[] weights)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        CheckedJson.Save(path, json =>
        {
            json.WriteNumber("format", Format);
            json.WriteString("kind", Kind);
            json.WriteString("encoder", encoder);
            json.WriteString("model", model);
            json.WriteBase64String("weights", Bytes(weights));
        });
    }

    /// <exception cref="InvalidDataException">The file is not one of these.</exception>
    public static (string Model, float[] Weights) Load(string path, int length)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            string model = root.GetProperty("model").GetString() ?? "";
            if (root.GetProperty("kind").GetString() != Kind || format != Format || model.Length != FingerprintLength)
                throw new InvalidDataException($"{path} is no learned similarity that this version reads.");
            CheckedJson.EnsureUnchanged(path, root);
            byte[] bytes = root.GetProperty("weights").GetBytesFromBase64();
            if (bytes.Length != length * sizeof(float))
                throw new InvalidDataException($"{path} has {bytes.Length} bytes of weights; those of this encoder are {length * sizeof(float)}.");
            float[] weights = new float[length];
            for (int i = 0; i < length; i++)
            {
                weights[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
                if (!float.IsFinite(weights[i]))
                    throw new InvalidDataException($"{path} has the weight {weights[i]}.");
            }

            return (model, weights);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a learned similarity of SiameseGen, or it is damaged: {failure.Message}", failure);
        }
    }

    public static byte[] Bytes(float[] weights)
    {
        byte[] bytes = new byte[weights.Length * sizeof(float)];
        for (int i = 0; i < weights.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), weights[i]);
        return bytes;
    }
}
