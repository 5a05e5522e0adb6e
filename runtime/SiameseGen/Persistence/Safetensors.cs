namespace SiameseGen.Persistence;

/// <summary>
/// Weights as files in the public safetensors format: eight bytes with the length of a header, the header in JSON, and the tensors as 32-bit
/// floats, little endian, without gaps (https://huggingface.co/docs/safetensors). Other programs can read and write them.
/// </summary>
/// <remarks>
/// The header's notes (<c>__metadata__</c>) say which encoder and architecture the weights are for, and a checksum. A file without these notes loads
/// when its names and shapes are the encoder's. Equal weights of one encoder give equal files, byte for byte.
/// </remarks>
public static class Safetensors
{
    internal const string KeyPrefix = "siamesegen.";
    internal const string FormatKey = KeyPrefix + "format";
    internal const string EncoderKey = KeyPrefix + "encoder";
    internal const string ArchitectureKey = KeyPrefix + "architecture";
    internal const string FingerprintKey = KeyPrefix + "fingerprint";
    internal const string ChecksumKey = KeyPrefix + "sha256";
    internal const string Format = "1";
    internal const string ElementType = "F32";

    internal static readonly string[] Keys = [FormatKey, EncoderKey, ArchitectureKey, FingerprintKey, ChecksumKey];

    /// <summary>Writes weights and running statistics to a file, as a whole or not at all: a failure leaves a file that was there as it was.</summary>
    /// <param name="parameters">The weights. Do not train them at the same time.</param>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, so the file could not be loaded again.</exception>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(Parameters parameters, string path) => SaveWithNotes(parameters, path, []);

    /// <summary>Reads the notes of a file, none of which has been checked.</summary>
    internal static IReadOnlyDictionary<string, string> ReadNotes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var file = new SafetensorsFile(path);
        return file.Header.Metadata;
    }

    /// <summary>Writes weights with further notes.</summary>
    internal static void SaveWithNotes(Parameters parameters, string path, KeyValuePair<string, string>[] notes)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        EnsureFinite(parameters);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(parameters, stream, notes));
    }

    /// <summary>Writes weights and running statistics to a stream: the same bytes as to a file. It is left open.</summary>
    /// <param name="parameters">The weights. Do not train them at the same time.</param>
    /// <param name="stream">A stream that can be written to.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be written to.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number, so nothing was written.</exception>
    /// <exception cref="IOException">The stream cannot take it.</exception>
    public static void Save(Parameters parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        EnsureFinite(parameters);
        SafetensorsWriter.Write(parameters, stream, []);
    }

    /// <summary>Reads weights and running statistics from a file. All of it is checked before the first weight changes.</summary>
    /// <param name="parameters">Receives the weights.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or its weights are for another architecture. No weight has changed.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static void Load(Parameters parameters, string path)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var file = new SafetensorsFile(path);
        Read(parameters, file);
    }

    /// <summary>Reads weights and running statistics from a stream, from where it is to its end. All of it is checked before the first weight changes. It is left open.</summary>
    /// <param name="parameters">Receives the weights.</param>
    /// <param name="stream">A stream that can be read, such as one of a resource, a blob or a response; it need not be seekable.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be read.</exception>
    /// <exception cref="WeightsFormatException">What it holds is damaged, or its weights are for another architecture. No weight has changed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static void Load(Parameters parameters, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        whole.Position = 0;
        using var file = new SafetensorsFile("the stream", whole);
        Read(parameters, file);
    }

    private static void Read(Parameters parameters, SafetensorsFile file)
    {
        EncoderInfo info = parameters.Info;
        float[][] values = new SafetensorsReader(info, file).Read();
        for (int i = 0; i < values.Length; i++)
            values[i].CopyTo(parameters[info.Tensors[i]]);
        parameters.MarkChanged();
    }

    private static void EnsureFinite(Parameters parameters)
    {
        foreach (ParameterTensor tensor in parameters.Info.Tensors)
        {
            foreach (float value in parameters[tensor])
            {
                if (!float.IsFinite(value))
                {
                    throw new InvalidOperationException(
                        $"Tensor '{tensor.Name}' of {parameters.Info.Name} contains {value}. Weights that are not finite numbers are not saved.");
                }
            }
        }
    }
}
