using System.Text.Json;

namespace SiameseGen.Persistence;

/// <summary>One tensor as a header describes it. Offsets are bytes from the end of the header.</summary>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End);

/// <summary>The JSON header of a safetensors file: what it says, not yet whether it fits an encoder.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    /// <summary>The tensors by name.</summary>
    public Dictionary<string, SafetensorsEntry> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes about the file by name.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header's bytes, padding included.</param>
    /// <exception cref="JsonException">The bytes are not such a header.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json)
    {
        var header = new SafetensorsHeader();
        var reader = new Utf8JsonReader(json);
        bool hasMetadata = false;
        if (json.IsEmpty || json[0] != (byte)'{')
            throw new JsonException("it does not begin with '{'");
        reader.Read();
        while (NextName(ref reader) is { } name)
        {
            if (name == MetadataName ? hasMetadata : header.Tensors.ContainsKey(name))
                throw new JsonException($"'{name}' is there twice");
            if (name != MetadataName)
            {
                header.Tensors.Add(name, ReadEntry(ref reader, name));
                continue;
            }

            ReadMetadata(ref reader, header.Metadata);
            hasMetadata = true;
        }

        // The reader itself refuses anything but blanks after the end.
        reader.Read();
        return header;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataName);
        while (NextName(ref reader) is { } name)
        {
            Expect(ref reader, JsonTokenType.String, name);
            if (!metadata.TryAdd(name, Text(ref reader)))
                throw new JsonException($"the note '{name}' is there twice");
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string tensor)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, tensor);
        while (NextName(ref reader) is { } name)
        {
            switch (name)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, tensor);
                    type = Text(ref reader);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, tensor);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, tensor);
                    break;
                default:
                    throw new JsonException($"'{tensor}' has an unexpected '{name}'");
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
            throw new JsonException($"'{tensor}' has no dtype, no shape, or no two data_offsets");
        return new SafetensorsEntry(tensor, type, shape, begin, end);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string tensor)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray, tensor);
        while (reader.Read() && reader.TokenType is JsonTokenType.Number)
            numbers.Add(reader.TryGetInt64(out long number) && number >= 0 ? number : throw new JsonException($"'{tensor}' has a number that is not 0 or more"));
        if (reader.TokenType is not JsonTokenType.EndArray)
            throw new JsonException($"'{tensor}' has a list of something other than numbers");
        return [.. numbers];
    }

    private static string? NextName(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.PropertyName ? Text(ref reader) : null;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where)
    {
        reader.Read();
        if (reader.TokenType != type)
            throw new JsonException($"'{where}' is not of the form that the format asks for");
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException failure)
        {
            // Bytes or escapes that are no text.
            throw new JsonException("it has text that is not valid Unicode", failure);
        }
    }
}
