using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SiameseGen.Verification;
using Xunit;

namespace SiameseGen.Tests.Verification;

public class TemplateSealTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(7 * i))];

    [Fact]
    public void What_is_sealed_can_be_opened_with_the_key()
    {
        byte[] bytes = TemplateSeal.Seal(Own.From([1, 2, 3, 250]), "Zoë, cabin 7", Key);
        (Own template, string subject) = TemplateSeal.Open<Own>(bytes, Key);
        Assert.Equal([1, 2, 3, 250], template.Bytes.ToArray());
        Assert.Equal("Zoë, cabin 7", subject);

        // A nonce of its own each time, so that equal templates are not seen to be equal.
        Assert.NotEqual(bytes, TemplateSeal.Seal(Own.From([1, 2, 3, 250]), "Zoë, cabin 7", Key));
    }

    [Fact]
    public void Another_key_another_model_and_every_change_are_refused()
    {
        byte[] bytes = TemplateSeal.Seal(Own.From([1, 2, 3, 250]), "Zoë", Key);
        byte[] other = [.. Key];
        other[31] ^= 1;
        Assert.Contains("another key", Assert.Throws<InvalidDataException>(() => TemplateSeal.Open<Own>(bytes, other)).Message, StringComparison.Ordinal);
        Assert.Contains("another model", Assert.Throws<InvalidDataException>(() => TemplateSeal.Open<Foreign>(bytes, Key)).Message, StringComparison.Ordinal);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => TemplateSeal.Open<Own>(bytes, Key));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => TemplateSeal.Open<Own>(bytes.AsSpan(0, length), Key));
    }

    [Fact]
    public void Keys_of_another_length_and_subjects_that_are_none_are_refused()
    {
        Assert.Contains("32 bytes", Assert.Throws<ArgumentException>(() => TemplateSeal.Seal(default(Own), "Zoë", new byte[16])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TemplateSeal.Open<Own>(new byte[100], new byte[31]));
        Assert.Throws<ArgumentException>(() => TemplateSeal.Seal(default(Own), "", Key));
        Assert.Throws<ArgumentException>(() => TemplateSeal.Seal(default(Own), "half \uD800", Key));
        Assert.Throws<ArgumentException>(() => TemplateSeal.Seal(default(Own), new string('x', 1025), Key));
    }

    private struct Own : ITemplate<Own>
    {
        private uint _value;

        public static int ByteLength => 4;

        public static string Model => new('a', 64);

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in _value));

        public static Own From(ReadOnlySpan<byte> bytes) => new() { _value = MemoryMarshal.Read<uint>(bytes) };
    }

    private struct Foreign : ITemplate<Foreign>
    {
        private uint _value;

        public static int ByteLength => 4;

        public static string Model => new('b', 64);

        [UnscopedRef]
        public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in _value));

        public static Foreign From(ReadOnlySpan<byte> bytes) => new() { _value = MemoryMarshal.Read<uint>(bytes) };
    }
}
