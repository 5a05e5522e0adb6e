using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SiameseGen.Persistence;

namespace SiameseGen.Search;

/// <summary>
/// Galleries as files: "SGGALLRY", the version, the fingerprint of the model (32 bytes), distance, precision, numbers of an embedding, embeddings; for each embedding the bytes of its name, the name in UTF-8 and the row as it is kept; and at
/// the end the SHA-256 of all that. Numbers are of 32 bits, little endian.
/// </summary>
internal sealed class GalleryFile : IDisposable
{
    /// <summary>The bytes of UTF-8 that a name has at most.</summary>
    public const int MostNameBytes = 1 << 20;

    private const int Version = 1, ChecksumBytes = 32;
    private const int HeaderBytes = 8 + (5 * sizeof(int)) + ChecksumBytes;
    private readonly string _path;
    private readonly FileStream _stream;
    private long _left;

    /// <summary>Opens a file and checks all of it but the rows' contents.</summary>
    /// <exception cref="InvalidDataException">The file is no gallery, damaged, or of other weights.</exception>
    public GalleryFile(string path, string model, int numbers)
    {
        _path = path;
        if (Directory.Exists(path))
            throw new IOException($"{path} is a folder. Give the path of a gallery's file.");
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            ReadHeader(model, numbers);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The distance.</summary>
    public DistanceMetric Metric { get; private set; }

    /// <summary>How rows are kept.</summary>
    public GalleryPrecision Precision { get; private set; }

    /// <summary>Embeddings in the file.</summary>
    public int Count { get; private set; }

    private RowFormat Format { get; set; }

    /// <summary>Writes a gallery, a new file for its owner only: templates of people are among them.</summary>
    public static void Save(string path, string model, PackedRows rows, Func<int, string> name) => AtomicFile.Write(path, stream => WriteTo(stream, model, rows, name), isPrivate: true);

    /// <summary>Reads the next row.</summary>
    /// <param name="row">Receives it as it is kept.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public string ReadRow(byte[] row)
    {
        int length = ReadInt32();
        if (length is < 1 or > MostNameBytes)
            throw Damaged($"a name of {length} bytes");
        byte[] text = new byte[length];
        ReadExactly(text);
        ReadExactly(row);
        ToLittleEndian(row, Format);
        EnsureFinite(row);
        try
        {
            return StrictText.Utf8.GetString(text);
        }
        catch (DecoderFallbackException failure)
        {
            throw new InvalidDataException($"{_path} has a name that is not valid UTF-8.", failure);
        }
    }

    /// <summary>Makes sure that nothing but the checksum follows.</summary>
    public void EnsureEnd()
    {
        if (_left != 0)
            throw Damaged($"{_left} bytes behind its last row");
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static void WriteTo(Stream stream, string model, PackedRows rows, Func<int, string> name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] header = new byte[HeaderBytes];
        "SGGALLRY"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        Convert.FromHexString(model).CopyTo(header, 12);
        int at = 12 + ChecksumBytes;
        foreach (int number in (int[])[(int)rows.Metric, (int)rows.Precision, rows.Format.Numbers, rows.Count])
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), number);
            at += sizeof(int);
        }

        Write(header);
        byte[] row = new byte[rows.Format.RowBytes], length = new byte[sizeof(int)];
        for (int i = 0; i < rows.Count; i++)
        {
            byte[] text = StrictText.Utf8.GetBytes(name(i));
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            rows.Read(i, row);
            ToLittleEndian(row, rows.Format);
            Write(length);
            Write(text);
            Write(row);
        }

        stream.Write(hash.GetHashAndReset());

        void Write(byte[] bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    private void ReadHeader(string model, int numbers)
    {
        if (_stream.Length < HeaderBytes + ChecksumBytes)
            throw Damaged($"{_stream.Length} bytes, too few");
        byte[] header = new byte[HeaderBytes];
        _stream.ReadExactly(header);
        if (!header.AsSpan(0, 8).SequenceEqual("SGGALLRY"u8))
            throw new InvalidDataException($"{_path} is no gallery of SiameseGen, or it is damaged: it does not begin as one does.");
        int version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        if (version != Version)
            throw new InvalidDataException($"{_path} is of version {version}; this SiameseGen reads version {Version}. Update SiameseGen, or the file is damaged.");
        EnsureChecksum();
        string found = Convert.ToHexStringLower(header.AsSpan(12, ChecksumBytes));
        if (found != model)
            throw new InvalidDataException($"{_path} has embeddings of the weights {found[..12]}…, and the encoder has the weights {model[..12]}…. Their distances mean nothing to each other: embed everything anew, or load the weights that made them.");
        int at = 12 + ChecksumBytes;
        Metric = (DistanceMetric)BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at));
        Precision = (GalleryPrecision)BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at + 4));
        int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at + 8));
        Count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at + 12));
        if (!Enum.IsDefined(Metric) || !Enum.IsDefined(Precision) || length != numbers)
            throw Damaged($"distance {(int)Metric}, precision {(int)Precision} and {length} numbers a row, where the encoder has {numbers}");
        Format = RowFormat.For(numbers, Metric, Precision);
        _left = _stream.Length - HeaderBytes - ChecksumBytes;

        // Before anything is reserved for so many: each row takes a name of a byte at least.
        if (Count < 0 || Count > _left / (Format.RowBytes + sizeof(int) + 1))
            throw Damaged($"{_left} bytes for {Count} rows");
        _stream.Position = HeaderBytes;
    }

    private void EnsureChecksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        _stream.Position = 0;
        for (long left = _stream.Length - ChecksumBytes; left > 0;)
        {
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            _stream.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> checksum = buffer.AsSpan(0, ChecksumBytes);
        _stream.ReadExactly(checksum);
        if (!checksum.SequenceEqual(hash.GetHashAndReset()))
            throw Damaged("a checksum that does not fit");
    }

    private int ReadInt32()
    {
        byte[] bytes = new byte[sizeof(int)];
        ReadExactly(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private void ReadExactly(byte[] bytes)
    {
        if (bytes.Length > _left)
            throw Damaged("rows that go beyond its end");
        _left -= bytes.Length;
        _stream.ReadExactly(bytes);
    }

    // Whoever writes such a file by hand may have the checksum right and the numbers not.
    private void EnsureFinite(byte[] row)
    {
        int terms = row.Length - (Format.Terms * sizeof(float));
        bool isFinite = true;
        for (int at = terms; at < row.Length; at += sizeof(float))
            isFinite &= float.IsFinite(BitConverter.ToSingle(row, at));
        for (int at = 0; at < terms && Format.NumberBytes > 1; at += Format.NumberBytes)
            isFinite &= Format.NumberBytes == sizeof(float) ? float.IsFinite(BitConverter.ToSingle(row, at)) : Half.IsFinite(BitConverter.ToHalf(row, at));
        if (!isFinite)
            throw Damaged("a number that is not finite");
    }

    private static void ToLittleEndian(byte[] row, RowFormat format)
    {
        if (BitConverter.IsLittleEndian)
            return;
        int terms = row.Length - (format.Terms * sizeof(float));
        for (int at = 0; at < row.Length; at += at < terms ? format.NumberBytes : sizeof(float))
            Array.Reverse(row, at, at < terms ? format.NumberBytes : sizeof(float));
    }

    private InvalidDataException Damaged(string what) => new($"{_path} is damaged or was not written to its end: it has {what}. Save or copy it again.");
}
