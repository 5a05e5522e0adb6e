using SiameseGen.Compiler.Shipping;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What is written is read again, and nothing else is.</summary>
public sealed class ArtifactTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        Artifact artifact = Example(), read = Read(Text(artifact));
        Assert.Equal(artifact.Architecture, read.Architecture);
        Assert.Equal(artifact.Payload, read.Payload);
        Assert.Equal(artifact.Provenance, read.Provenance);
        Assert.Equal(artifact.Calibration, read.Calibration);
        Assert.Equal((artifact.Encoder, artifact.Precision, artifact.Distance, artifact.Fingerprint), (read.Encoder, read.Precision, read.Distance, read.Fingerprint));
        Assert.All(Text(artifact), letter => Assert.True(letter is '\n' or (>= ' ' and <= '~')));
    }

    [Fact]
    public void Floats_of_32_bits_say_what_they_are_packed_for_and_others_do_not()
    {
        Artifact packed = Example() with { Precision = ArtifactPrecision.Float32, Packing = new string('7', 64) };
        Assert.Equal(packed.Packing, Read(Text(packed)).Packing);
        Assert.Contains("'packing'", Assert.Throws<ArtifactException>(() => Read(Text(packed with { Packing = null }))).Message, StringComparison.Ordinal);
        Assert.Contains("'distance'", Assert.Throws<ArtifactException>(() => Read(Text(packed with { Precision = ArtifactPrecision.Float16 }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_ends_anywhere_too_early_is_refused()
    {
        string text = Text(Example());
        for (int length = 0; length < text.Length; length++)
            Assert.Throws<ArtifactException>(() => Read(text[..length]));
    }

    [Fact]
    public void A_file_with_any_bit_turned_is_refused()
    {
        byte[] bytes = [.. Text(Example()).Select(letter => (byte)letter)];
        var random = new Random(4);
        for (int i = 0; i < 100_000; i++)
        {
            int at = random.Next(bytes.Length);
            byte flipped = (byte)(1 << random.Next(8));
            bytes[at] ^= flipped;
            Exception? thrown = Record.Exception(() => Read(string.Concat(bytes.Select(value => (char)value))));
            Assert.True(thrown is ArtifactException, $"Bit {flipped} of byte {at}: {thrown?.GetType().Name ?? "nothing"}");
            bytes[at] ^= flipped;
        }
    }

    [Theory]
    [InlineData("siamese 2\n", "version '2'")]
    [InlineData("{}\n", "no artifact")]
    [InlineData("siamese 1\nencoder \\u00\n", "line 2")]
    public void What_is_wrong_is_said(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArtifactException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Reading_takes_at_most_twice_the_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Text(Example(new byte[4_000_000])));
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (var reader = new StreamReader(path))
                Assert.Equal(4_000_000, ArtifactReader.Read(reader).Payload.Length);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= 2 * new FileInfo(path).Length, $"{allocated} bytes for a file of {new FileInfo(path).Length}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>An artifact of an encoder of four features and two outputs.</summary>
    /// <param name="payload">Its weights; small ones of 8-bit integers unless given.</param>
    internal static Artifact Example(byte[]? payload = null) => new()
    {
        Encoder = "Measured",
        Architecture = ["features 4", "dense bias 1 -> 2"],
        Precision = ArtifactPrecision.Int8,
        Distance = "Euclidean",
        Calibration = new ArtifactCalibration
        {
            Threshold = 0.7342f,
            UnsureUntil = 0.9f,
            ThresholdScore = 1234,
            UnsureUntilScore = 1900,
            Target = "equal error rate – with a dash and a \\",
            FalseMatchRate = new ArtifactRate(0.01, 0.008, 0.013),
            FalseNonMatchRate = new ArtifactRate(1 / 3.0, 0.3, 0.35),
            ImpostorTrials = 1000,
            GenuineTrials = 200,
            Protocol = "all pairs",
            ScoreSlope = 12.25,
            ScoreOffset = -3,
        },
        Provenance = [new("seed", "1"), new("data", "Bögen: 20 of 964")],
        Payload = payload ?? Weights(),
    };

    private static byte[] Weights()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0.01f);
        writer.Write(0);
        writer.Write(0.02f);
        writer.Write([40, 0, 3, 0x80]);
        foreach (int number in (int[])[1 << 30, 1 << 29, 100, -7])
            writer.Write(number);
        writer.Write([1, 2, 3, 4, 5, 0xFF, 0xFE, 8]);
        return bytes.ToArray();
    }

    private static string Text(Artifact artifact)
    {
        using var text = new StringWriter { NewLine = "\n" };
        ArtifactWriter.Write(artifact, text);
        return text.ToString();
    }

    private static Artifact Read(string text)
    {
        using var reader = new StringReader(text);
        return ArtifactReader.Read(reader);
    }
}
