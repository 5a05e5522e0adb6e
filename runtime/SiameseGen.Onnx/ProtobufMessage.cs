using System.Buffers.Binary;
using System.Text;

namespace SiameseGen.Onnx;

/// <summary>A message in the wire format of Protocol Buffers, as far as ONNX models need it.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0, LengthDelimited = 2, Fixed32 = 5;

    // Large tensors are not copied into the messages around them.
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private long _length;

    /// <summary>Writes an integer.</summary>
    public ProtobufMessage Int(int field, long value) => Append([.. Number(Tag(field, Varint)), .. Number((ulong)value)]);

    /// <summary>Writes a float.</summary>
    public ProtobufMessage Float(int field, float value)
    {
        byte[] bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Append([.. Number(Tag(field, Fixed32)), .. bytes]);
    }

    /// <summary>Writes text.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes bytes.</summary>
    public ProtobufMessage Bytes(int field, byte[] value) => Head(field, value.Length).Append(value);

    /// <summary>Writes a message within this one. What is written to it later is not seen.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value)
    {
        Head(field, value._length);
        foreach (ReadOnlyMemory<byte> part in value._parts)
            Append(part);
        return this;
    }

    /// <summary>Writes the message to a stream.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (ReadOnlyMemory<byte> part in _parts)
            stream.Write(part.Span);
    }

    private ProtobufMessage Head(int field, long length) => Append([.. Number(Tag(field, LengthDelimited)), .. Number((ulong)length)]);

    private ProtobufMessage Append(byte[] part) => Append(part.AsMemory());

    private ProtobufMessage Append(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        _length += part.Length;
        return this;
    }

    private static ulong Tag(int field, int type) => (ulong)((field << 3) | type);

    private static byte[] Number(ulong value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
