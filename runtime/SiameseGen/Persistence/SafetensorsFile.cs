using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SiameseGen.Persistence;

/// <summary>A safetensors file that is open for reading, whoever wrote it.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    // The limit of the format's own library.
    private const long LongestHeader = 100_000_000;

    /// <summary>What to do about a file that is not whole.</summary>
    public const string Damaged = "The file is damaged or was not written to its end; save or copy it again.";

    private readonly Stream _stream;
    private readonly long _dataStart;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightsFormatException">The file is no safetensors file.</exception>
    /// <exception cref="IOException">The path is a folder's, or the file cannot be read.</exception>
    public SafetensorsFile(string path)
        : this(path, Open(path))
    {
    }

    /// <summary>Reads the header of a stream.</summary>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="stream">Its bytes, seekable; disposed of with this.</param>
    /// <exception cref="WeightsFormatException">It is no safetensors file.</exception>
    public SafetensorsFile(string name, Stream stream)
    {
        Name = name;
        _stream = stream;
        try
        {
            Header = ReadHeader();
            _dataStart = _stream.Position;
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The tensors and notes.</summary>
    public SafetensorsHeader Header { get; }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Checks that tensors lie side by side: the format allows neither gaps nor overlaps, which leaves no room for anything that nobody reads.</summary>
    /// <param name="entries">All tensors of the file.</param>
    /// <exception cref="WeightsFormatException">They do not.</exception>
    public void CheckOffsets(IEnumerable<SafetensorsEntry> entries)
    {
        long end = 0, length = _stream.Length - _dataStart;
        foreach (SafetensorsEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end || entry.End < entry.Begin)
                throw Broken($"tensor '{entry.Name}' begins at byte {entry.Begin} of the data; the one before it ends at {end}. {Damaged}");
            end = entry.End;
        }

        if (end != length)
            throw Broken($"its tensors take {end} bytes, but {length} follow the header. {Damaged}");
    }

    /// <summary>Reads a tensor's bytes.</summary>
    /// <param name="entry">The tensor, whose offsets were checked.</param>
    /// <param name="bytes">Receives all of them.</param>
    public void Read(SafetensorsEntry entry, Span<byte> bytes)
    {
        _stream.Position = _dataStart + entry.Begin;
        _stream.ReadExactly(bytes);
    }

    /// <summary>Reads a tensor of 32-bit floats.</summary>
    /// <param name="entry">The tensor, whose offsets were checked.</param>
    /// <param name="values">Receives all of them.</param>
    public void Read(SafetensorsEntry entry, float[] values)
    {
        Read(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }

    private static FileStream Open(string path) => Directory.Exists(path)
        ? throw new IOException($"{path} is a folder. Give the path of a file of weights.")
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private SafetensorsHeader ReadHeader()
    {
        Span<byte> lengthBytes = stackalloc byte[sizeof(ulong)];
        if (_stream.Length < lengthBytes.Length)
            throw Broken($"it has {_stream.Length} bytes, too few for a safetensors file. {Damaged}");
        _stream.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)Math.Min(_stream.Length - lengthBytes.Length, LongestHeader))
            throw Broken($"its header would have {length} bytes, but the file has {_stream.Length}: it is no safetensors file, or it was not written to its end.");
        byte[] json = new byte[length];
        _stream.ReadExactly(json);
        try
        {
            return SafetensorsHeader.Parse(json);
        }
        catch (JsonException failure)
        {
            throw new WeightsFormatException($"{Name}: its header cannot be read: {failure.Message.TrimEnd('.')}. It is no safetensors file, or it is damaged.", failure);
        }
    }

    private WeightsFormatException Broken(string what) => new($"{Name}: {what}");
}
