using System.Buffers.Binary;
using System.Text;

namespace SiameseGen.Benchmarks.Onnx;

/// <summary>A message in the wire format of Protocol Buffers, as far as ONNX models need it.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0, LengthDelimited = 2, Fixed32 = 5;
    private readonly List<byte> _bytes = [];

    /// <summary>What has been written.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Writes an integer.</summary>
    public ProtobufMessage Int(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
        return this;
    }

    /// <summary>Writes a float.</summary>
    public ProtobufMessage Float(int field, float value)
    {
        Tag(field, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Writes text.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a message within this one.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value) => Bytes(field, value.ToArray());

    /// <summary>Writes bytes.</summary>
    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, LengthDelimited);
        Number((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    private void Tag(int field, int type) => Number((ulong)((field << 3) | type));

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
