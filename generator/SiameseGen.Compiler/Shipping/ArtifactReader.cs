using System.Globalization;
using System.Security.Cryptography;

namespace SiameseGen.Compiler.Shipping;

/// <summary>Reads what <see cref="ArtifactWriter"/> wrote, line by line, so that a large file is never there as a whole beside its payload.</summary>
public sealed class ArtifactReader
{
    private const int LinesPerPart = 1024;

    private readonly TextReader _text;
    private readonly SHA256 _hash;
    private readonly char[] _line = new char[ArtifactText.LongestLine];
    private readonly byte[] _bytes = new byte[ArtifactText.LongestLine + 1];
    private int _length;
    private int _number;

    private ArtifactReader(TextReader text, SHA256 hash) => (_text, _hash) = (text, hash);

    /// <summary>Reads an artifact.</summary>
    /// <param name="text">Its lines, each ended by a line feed, with or without a carriage return before.</param>
    /// <exception cref="ArtifactException">It is none, damaged, or of another version.</exception>
    public static Artifact Read(TextReader text)
    {
        using SHA256 hash = SHA256.Create();
        return new ArtifactReader(text, hash).Read();
    }

    private Artifact Read()
    {
        string magic = Line();
        if (magic != ArtifactText.Magic)
            throw new ArtifactException(magic.StartsWith("siamese ", StringComparison.Ordinal) ? $"it is of version '{magic.Substring(8)}', and this SiameseGen reads version 1: update it, or export with this one" : "it is no artifact of SiameseGen");
        string encoder = Value(Line(), ArtifactText.Encoder);
        List<string> architecture = [];
        string line = Line();
        for (; Has(line, ArtifactText.Layer); line = Line())
            architecture.Add(Value(line, ArtifactText.Layer));
        string fingerprint = Value(line, ArtifactText.Fingerprint);
        string precision = Value(Line(), ArtifactText.Precision);
        if (!Enum.TryParse(precision, out ArtifactPrecision kind) || kind.ToString() != precision)
            throw Wrong($"has the precision '{precision}', which is none");
        string? packing = kind == ArtifactPrecision.Float32 ? Value(Line(), ArtifactText.Packing) : null;
        string distance = Value(Line(), ArtifactText.Distance);
        ArtifactCalibration calibration = Calibration();
        List<KeyValuePair<string, string>> provenance = [];
        for (line = Line(); Has(line, ArtifactText.Provenance); line = Line())
            provenance.Add(Origin(Value(line, ArtifactText.Provenance)));
        var artifact = new Artifact
        {
            Encoder = encoder,
            Architecture = architecture,
            Precision = kind,
            Packing = packing,
            Distance = distance,
            Calibration = calibration,
            Provenance = provenance,
            Payload = Payload(line),
        };
        CheckEnd();
        return artifact.Fingerprint == fingerprint ? artifact : throw new ArtifactException("its fingerprint is not that of its layers");
    }

    private ArtifactCalibration Calibration()
    {
        float threshold = (float)Numbers(ArtifactText.Threshold, 1)[0], unsure = (float)Numbers(ArtifactText.Unsure, 1)[0];
        double[] scores = Numbers(ArtifactText.Scores, 2);
        string target = Value(Line(), ArtifactText.Target);
        ArtifactRate matches = Rate(ArtifactText.FalseMatches), nonMatches = Rate(ArtifactText.FalseNonMatches);
        double[] trials = Numbers(ArtifactText.Trials, 2);
        string protocol = Value(Line(), ArtifactText.Protocol);
        double[] score = Numbers(ArtifactText.Score, 2);
        return new ArtifactCalibration
        {
            Threshold = threshold,
            UnsureUntil = unsure,
            ThresholdScore = Whole(scores[0]),
            UnsureUntilScore = Whole(scores[1]),
            Target = target,
            FalseMatchRate = matches,
            FalseNonMatchRate = nonMatches,
            ImpostorTrials = Whole(trials[0]),
            GenuineTrials = Whole(trials[1]),
            Protocol = protocol,
            ScoreSlope = score[0],
            ScoreOffset = score[1],
        };
    }

    private ArtifactRate Rate(string key)
    {
        double[] numbers = Numbers(key, 3);
        return new ArtifactRate(numbers[0], numbers[1], numbers[2]);
    }

    private double[] Numbers(string key, int count)
    {
        string[] words = Value(Line(), key).Split(' ');
        double[] numbers = new double[count];
        if (words.Length != count)
            throw Wrong($"has {words.Length} numbers where {count} belong");
        for (int i = 0; i < count; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || double.IsNaN(numbers[i]))
                throw Wrong($"has '{words[i]}' where a number belongs");
        }

        return numbers;
    }

    private int Whole(double number) => number is >= int.MinValue and <= int.MaxValue && Math.Floor(number).Equals(number) ? (int)number : throw Wrong("has a number that is not whole");

    private KeyValuePair<string, string> Origin(string text)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 ? new(text.Substring(0, colon), text.Substring(colon + 2)) : throw Wrong("says nothing of an origin");
    }

    private byte[] Payload(string head)
    {
        string count = Value(head, ArtifactText.Payload);
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > ArtifactText.LongestPayload)
            throw Wrong($"asks for a payload of '{count}' bytes");

        // Grows with what is really there: a damaged length alone takes no memory.
        List<byte[]> parts = [];
        for (int read = 0; read < length;)
        {
            byte[] part = new byte[Math.Min(LinesPerPart * ArtifactText.BytesPerLine, length - read)];
            for (int at = 0; at < part.Length;)
            {
                int expected = Math.Min(ArtifactText.BytesPerLine, part.Length - at);
                HashLine(ReadLine());
                if (!Base64.Decode(_line, _length, part, at, expected))
                    throw Wrong($"is not base64 of {expected} bytes");
                at += expected;
            }

            parts.Add(part);
            read += part.Length;
        }

        byte[] all = new byte[length];
        int end = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(all, end);
            end += part.Length;
        }

        using SHA256 hash = SHA256.Create();
        string sum = Value(Line(), ArtifactText.PayloadHash);
        return ArtifactText.Hex(hash.ComputeHash(all)) == sum ? all : throw new ArtifactException("its payload is damaged: its SHA-256 is another");
    }

    // The hash of the lines before is known only until the last line is read.
    private void CheckEnd()
    {
        _hash.TransformFinalBlock([], 0, 0);
        string expected = ArtifactText.Hex(_hash.Hash);
        string last = new(_line, 0, ReadLine());
        if (Value(last, ArtifactText.Check) != expected)
            throw new ArtifactException("it is damaged: the SHA-256 of its lines is another");
        if (_text.Read() >= 0)
            throw new ArtifactException($"it goes on after its last line, {_number}");
    }

    private string Line()
    {
        HashLine(ReadLine());
        return new string(_line, 0, _length);
    }

    private void HashLine(int length)
    {
        for (int i = 0; i < length; i++)
            _bytes[i] = (byte)_line[i];
        _bytes[length] = (byte)'\n';
        _hash.TransformBlock(_bytes, 0, length + 1, null, 0);
    }

    // Not TextReader's: only a line feed, with or without a carriage return before it, ends a line here, and the last one, too.
    private int ReadLine()
    {
        _number++;
        _length = 0;
        for (int letter = _text.Read(); letter != '\n'; letter = _text.Read())
        {
            if (letter < 0)
                throw new ArtifactException($"it ends within line {_number}");
            if (letter == '\r' && _text.Peek() == '\n')
                continue;
            if (letter is < ' ' or > '~')
                throw Wrong("has a character that is not visible ASCII");
            if (_length == ArtifactText.LongestLine)
                throw Wrong("is longer than any line of an artifact");
            _line[_length++] = (char)letter;
        }

        return _length;
    }

    private static bool Has(string line, string key) => line.StartsWith(key + " ", StringComparison.Ordinal);

    private string Value(string line, string key) =>
        Has(line, key) && ArtifactText.Unescape(line.Substring(key.Length + 1)) is { } value ? value : throw Wrong($"does not say '{key}'");

    private ArtifactException Wrong(string what) => new($"line {_number} {what}");
}
