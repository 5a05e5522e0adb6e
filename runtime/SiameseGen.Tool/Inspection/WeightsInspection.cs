using SiameseGen.Persistence;
using static System.FormattableString;

namespace SiameseGen.Tool.Inspection;

/// <summary>Describes a safetensors file, SiameseGen's or another program's.</summary>
internal static class WeightsInspection
{
    // What SiameseGen, PyTorch and Keras call what training updates without a gradient.
    private static readonly string[] Statistics = ["running_mean", "running_variance", "running_var", "moving_mean", "moving_variance", "num_batches_tracked"];

    /// <summary>Writes what is in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Receives lines of text.</param>
    /// <exception cref="IOException">The file is damaged or cannot be read.</exception>
    public static void Write(string path, TextWriter output)
    {
        using var file = new SafetensorsFile(path);
        SafetensorsEntry[] tensors = [.. file.Header.Tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        file.CheckOffsets(tensors);
        Dictionary<string, string> notes = file.Header.Metadata;
        if (notes.TryGetValue(Safetensors.EncoderKey, out string? encoder))
            output.WriteLine($"encoder      {encoder}");
        if (notes.TryGetValue(Safetensors.FingerprintKey, out string? fingerprint))
            output.WriteLine($"fingerprint  {fingerprint}");
        if (notes.TryGetValue(Safetensors.ChecksumKey, out string? checksum))
            output.WriteLine($"checksum     {(checksum == ChecksumOf(file, tensors) ? "right" : "WRONG: the weights are not those that were saved")}");
        if (notes.TryGetValue(Safetensors.ArchitectureKey, out string? architecture))
        {
            output.WriteLine("architecture");
            foreach (string line in architecture.Split("; "))
                output.WriteLine($"  {line}");
        }

        foreach ((string key, string value) in notes.Where(note => !note.Key.StartsWith(Safetensors.KeyPrefix, StringComparison.Ordinal)).OrderBy(note => note.Key, StringComparer.Ordinal))
            output.WriteLine($"note         {key}: {value}");
        WriteTensors(tensors, output);
    }

    private static void WriteTensors(SafetensorsEntry[] tensors, TextWriter output)
    {
        long statistics = tensors.Where(IsStatistic).Sum(Count);
        output.WriteLine(Invariant($"tensors      {tensors.Length}, of {tensors.Sum(Count) - statistics} parameters and {statistics} running statistics"));
        int widest = tensors.Select(tensor => tensor.Name.Length).DefaultIfEmpty().Max(), type = tensors.Select(tensor => tensor.Type.Length).DefaultIfEmpty().Max();
        foreach (SafetensorsEntry tensor in tensors)
        {
            string shape = tensor.Shape.Length == 0 ? "one number" : string.Join("×", tensor.Shape.Select(size => Invariant($"{size}")));
            output.WriteLine($"  {tensor.Name.PadRight(widest)}  {tensor.Type.PadRight(type)}  {shape}");
        }
    }

    private static long Count(SafetensorsEntry tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);

    private static bool IsStatistic(SafetensorsEntry tensor) => Statistics.Any(word => tensor.Name.EndsWith(word, StringComparison.Ordinal));

    // The checksum is of the tensors in the order in which they lie in the file.
    private static string ChecksumOf(SafetensorsFile file, SafetensorsEntry[] tensors) => SafetensorsWriter.Checksum(tensors.Select(tensor =>
    {
        float[] values = new float[(tensor.End - tensor.Begin) / sizeof(float)];
        file.Read(tensor, values);
        return values;
    }));
}
