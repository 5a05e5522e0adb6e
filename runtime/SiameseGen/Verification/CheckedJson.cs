using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using SiameseGen.Persistence;

namespace SiameseGen.Verification;

/// <summary>
/// JSON whose last member, "sha256", is the SHA-256 of the rest, so that a number or a template that was edited or damaged is not taken for what was measured. It is of the document without that member and without white space,
/// so that line ends and indentation may change.
/// </summary>
internal static class CheckedJson
{
    private const string Checksum = "sha256";

    /// <summary>Writes an object, as a whole or not at all.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <param name="members">Writes the object's members.</param>
    /// <param name="isPrivate">Whether a new file is for its owner only.</param>
    public static void Save(string path, Action<Utf8JsonWriter> members, bool isPrivate = false)
    {
        using JsonDocument document = JsonDocument.Parse(Plain(members));
        AtomicFile.Write(path, Write, isPrivate);

        void Write(Stream stream)
        {
            using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
                member.WriteTo(json);
            json.WriteString(Checksum, Digest(document.RootElement.EnumerateObject()));
            json.WriteEndObject();
        }
    }

    /// <summary>Makes sure that an object is as it was written.</summary>
    /// <exception cref="InvalidDataException">It has no checksum, or that of something else.</exception>
    public static void EnsureUnchanged(string path, JsonElement root)
    {
        JsonProperty[] members = [.. root.EnumerateObject()];
        if (members.Length == 0 || members[^1].Name != Checksum || members[^1].Value.GetString() != Digest(members.SkipLast(1)))
            throw new InvalidDataException($"{path} was changed since it was written: its checksum does not fit. Save or copy it again; what is measured cannot be edited.");
    }

    /// <summary>A number of 32 bits.</summary>
    /// <exception cref="FormatException">It is too large to be one.</exception>
    public static float FiniteSingle(JsonElement element) => element.GetSingle() is float value && float.IsFinite(value) ? value : throw NotFinite(element);

    /// <summary>A number of 64 bits.</summary>
    /// <exception cref="FormatException">It is too large to be one.</exception>
    public static double FiniteDouble(JsonElement element) => element.GetDouble() is double value && double.IsFinite(value) ? value : throw NotFinite(element);

    // Of the values as they are written, with the default escapes: those are all of ASCII, and the same in all versions of .NET.
    private static string Digest(IEnumerable<JsonProperty> members) => Convert.ToHexStringLower(SHA256.HashData(Plain(json =>
    {
        foreach (JsonProperty member in members)
            member.WriteTo(json);
    }).Span));

    private static ReadOnlyMemory<byte> Plain(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static FormatException NotFinite(JsonElement element) => new($"{element.GetRawText()} is no finite number.");
}
