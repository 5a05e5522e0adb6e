using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using SiameseGen.Persistence;
using Xunit;

namespace SiameseGen.Tests.Persistence;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_comes_back_bit_for_bit()
    {
        string path = _folder.File("glyphs.safetensors");
        Parameters saved = Weights.Trained(), loaded = new(Weights.Info, 99);
        Safetensors.Save(saved, path);
        int version = loaded.Version;
        Safetensors.Load(loaded, path);

        Assert.Equal(Weights.Bits(saved), Weights.Bits(loaded));
        Assert.NotEqual(version, loaded.Version);
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(loaded.Values[7]));
    }

    [Fact]
    public void Equal_weights_give_equal_bytes_and_saving_again_replaces_the_file()
    {
        string one = _folder.File("one"), two = _folder.File("two");
        Safetensors.Save(new Parameters(Weights.Info, 1), one);
        Safetensors.Save(Weights.Trained(), one);
        Safetensors.Save(Weights.Trained(), two);
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
        Assert.Equal(["one", "two"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stream_takes_and_gives_the_same_bytes_as_a_file()
    {
        string path = _folder.File("glyphs.safetensors");
        Parameters saved = Weights.Trained(), loaded = new(Weights.Info, 99);
        Safetensors.Save(saved, path);
        using var stream = new MemoryStream();
        stream.WriteByte(7); // what was written before stays, and is not read
        Safetensors.Save(saved, stream);
        Assert.True(stream.CanWrite);
        Assert.Equal(File.ReadAllBytes(path), stream.ToArray()[1..]);

        stream.Position = 1;
        int version = loaded.Version;
        Safetensors.Load(loaded, stream);
        Assert.Equal(Weights.Bits(saved), Weights.Bits(loaded));
        Assert.NotEqual(version, loaded.Version);
        Assert.True(stream.CanRead);

        // One that can neither seek nor say how long it is.
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            Safetensors.Save(saved, writer);
        packed.Position = 0;
        Parameters unpacked = new(Weights.Info, 99);
        using (var reader = new GZipStream(packed, CompressionMode.Decompress))
            Safetensors.Load(unpacked, reader);
        Assert.Equal(Weights.Bits(saved), Weights.Bits(unpacked));
    }

    [Fact]
    public void A_stream_that_is_damaged_or_the_wrong_way_round_is_refused()
    {
        Parameters loaded = new(Weights.Info, 99);
        int[] before = Weights.Bits(loaded);
        using var whole = new MemoryStream();
        Safetensors.Save(Weights.Trained(), whole);
        for (int length = 0; length < whole.Length; length += 7)
        {
            using var part = new MemoryStream(whole.ToArray(), 0, length);
            Assert.StartsWith("the stream: ", Assert.Throws<WeightsFormatException>(() => Safetensors.Load(loaded, part)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Weights.Bits(loaded));
        using var readOnly = new MemoryStream(new byte[9], writable: false);
        Assert.Throws<ArgumentException>("stream", () => Safetensors.Save(loaded, readOnly));
        Parameters endless = Weights.Trained();
        endless.Values[3] = float.NaN;
        using var empty = new MemoryStream();
        Assert.Throws<InvalidOperationException>(() => Safetensors.Save(endless, empty));
        Assert.Equal(0, empty.Length);
    }

    // Read with nothing of the writer: as the format's description says.
    [Fact]
    public void The_file_is_as_the_public_format_describes()
    {
        string path = _folder.File("glyphs.safetensors");
        Parameters parameters = Weights.Trained();
        Safetensors.Save(parameters, path);
        byte[] file = File.ReadAllBytes(path);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        int dataStart = 8 + headerLength;
        Assert.Equal((byte)'{', file[8]);
        Assert.Equal(0, dataStart % 8);
        Assert.Equal(dataStart + (4 * parameters.Values.Length), file.Length);

        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        JsonElement notes = header.RootElement.GetProperty("__metadata__");
        Assert.Equal("GlyphEncoder", notes.GetProperty("siamesegen.encoder").GetString());
        Assert.Equal(Weights.Info.Architecture, notes.GetProperty("siamesegen.architecture").GetString());
        Assert.Equal(Weights.Info.Fingerprint, notes.GetProperty("siamesegen.fingerprint").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(dataStart))), notes.GetProperty("siamesegen.sha256").GetString());

        int end = 0;
        JsonProperty[] tensors = [.. header.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__")];
        Assert.Equal(Weights.Info.Tensors.Select(tensor => tensor.Name), tensors.Select(tensor => tensor.Name));
        foreach (JsonProperty tensor in tensors)
        {
            ParameterTensor declared = Weights.Info.Tensors.Single(other => other.Name == tensor.Name);
            int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(number => number.GetInt32())];
            Assert.Equal("F32", tensor.Value.GetProperty("dtype").GetString());
            Assert.Equal(declared.Shape, tensor.Value.GetProperty("shape").EnumerateArray().Select(number => number.GetInt32()));
            Assert.Equal([end, end + (4 * declared.Length)], offsets);
            for (int i = 0; i < declared.Length; i++)
                Assert.Equal(parameters.Values[declared.Offset + i], BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(dataStart + offsets[0] + (4 * i))));
            end = offsets[1];
        }
    }

    [Fact]
    public void A_file_of_another_program_loads_by_names_and_shapes_in_any_order()
    {
        string path = _folder.File("python.safetensors");
        string header = Weights.PlainHeader.Replace("[0,24]", "[48,72]", StringComparison.Ordinal).Replace("[60,72]", "[0,12]", StringComparison.Ordinal)
            .Replace("[48,60]", "[12,24]", StringComparison.Ordinal).Replace("{\"dense1", "{\"__metadata__\":{\"format\":\"np\"},\"dense1", StringComparison.Ordinal) + "   ";
        File.WriteAllBytes(path, Weights.File(header));
        var parameters = new Parameters(Weights.Info, 1);
        Safetensors.Load(parameters, path);
        Assert.Equal([13, 14, 15, 16, 17, 18, 7, 8, 9, 10, 11, 12, 4, 5, 6, 1, 2, 3], parameters.Values.ToArray());
    }

    [Fact]
    public void Saving_says_which_folder_is_missing_and_that_a_folder_is_no_file()
    {
        string missing = Path.Combine(_folder.FullName, "nowhere", "glyphs.safetensors");
        DirectoryNotFoundException noFolder = Assert.Throws<DirectoryNotFoundException>(() => Safetensors.Save(Weights.Trained(), missing));
        Assert.Contains(Path.GetDirectoryName(missing)!, noFolder.Message, StringComparison.Ordinal);
        IOException folder = Assert.Throws<IOException>(() => Safetensors.Save(Weights.Trained(), _folder.FullName));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => Safetensors.Load(Weights.Trained(), _folder.FullName)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Safetensors.Load(Weights.Trained(), _folder.File("none")));
        Assert.Throws<ArgumentException>(() => Safetensors.Save(Weights.Trained(), " "));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("glyphs.safetensors");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void Weights_that_could_not_be_loaded_are_not_saved()
    {
        string path = _folder.File("glyphs.safetensors");
        Parameters parameters = Weights.Trained();
        parameters.Values[10] = float.NaN;
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => Safetensors.Save(parameters, path));
        Assert.Contains("batchnorm1.shift", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }
}
