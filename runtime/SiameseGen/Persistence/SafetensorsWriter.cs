using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SiameseGen.Persistence;

/// <summary>The bytes of a safetensors file. Equal weights give equal bytes.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes length, header and tensors.</summary>
    public static void Write(Parameters parameters, Stream stream, KeyValuePair<string, string>[] notes)
    {
        ReadOnlySpan<byte> header = Header(parameters, notes);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (ParameterTensor tensor in parameters.Info.Tensors)
            stream.Write(LittleEndian(parameters[tensor]));
    }

    /// <summary>SHA-256 of the tensors' bytes in the order of the architecture, as lower-case hexadecimal digits.</summary>
    public static string Checksum(IEnumerable<float[]> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] values in tensors)
            hash.AppendData(LittleEndian(values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ReadOnlySpan<byte> Header(Parameters parameters, KeyValuePair<string, string>[] notes)
    {
        EncoderInfo info = parameters.Info;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            json.WriteString(Safetensors.FormatKey, Safetensors.Format);
            json.WriteString(Safetensors.EncoderKey, info.Name);
            json.WriteString(Safetensors.ArchitectureKey, info.Architecture);
            json.WriteString(Safetensors.FingerprintKey, info.Fingerprint);
            json.WriteString(Safetensors.ChecksumKey, Checksum(info.Tensors.Select(tensor => parameters[tensor].ToArray())));
            foreach ((string key, string text) in notes)
                json.WriteString(key, text);
            json.WriteEndObject();
            long offset = 0;
            foreach (ParameterTensor tensor in info.Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", Safetensors.ElementType);
                json.WriteStartArray("shape");
                foreach (int size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += (long)tensor.Length * sizeof(float);
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Blanks up to the boundary, so that tensors can be mapped into memory where they are.
        int padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan;
    }

    private static ReadOnlySpan<byte> LittleEndian(Span<float> values)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(values);
        int[] swapped = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), swapped);
        return MemoryMarshal.AsBytes(swapped.AsSpan());
    }
}
