namespace SiameseGen.Persistence;

/// <summary>Reads a safetensors file for one architecture, and hands out its tensors only when all of it has been checked.</summary>
/// <param name="info">The architecture.</param>
/// <param name="file">The file.</param>
internal sealed class SafetensorsReader(EncoderInfo info, SafetensorsFile file)
{
    private const string Damaged = SafetensorsFile.Damaged;

    /// <summary>The values of each of the architecture's tensors, in its order.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, or of another architecture.</exception>
    public float[][] Read()
    {
        SafetensorsHeader header = file.Header;
        CheckOrigin(header);
        SafetensorsEntry[] entries = Match(header);
        file.CheckOffsets(entries);

        float[][] values = new float[entries.Length][];
        for (int i = 0; i < entries.Length; i++)
        {
            values[i] = new float[info.Tensors[i].Length];
            file.Read(entries[i], values[i]);
            CheckValues(info.Tensors[i], values[i]);
        }

        CheckSum(header, values);
        return values;
    }

    // Files of other programs say nothing about an architecture; their names and shapes decide.
    private void CheckOrigin(SafetensorsHeader header)
    {
        if (header.Metadata.TryGetValue(Safetensors.FormatKey, out string? format) && format != Safetensors.Format)
        {
            throw Broken(
                $"it is in format '{format}'; this version of SiameseGen reads format '{Safetensors.Format}'. Update SiameseGen, or save the file with this version.");
        }

        if (!header.Metadata.Keys.Any(key => key.StartsWith(Safetensors.KeyPrefix, StringComparison.Ordinal)))
            return;
        foreach (string key in Safetensors.Keys)
        {
            // All or none, so that no damage can hide the checksum.
            if (!header.Metadata.ContainsKey(key))
                throw Broken($"it has notes of SiameseGen, but not '{key}'. {Damaged} Another program has to keep all of them, or none where it changed weights.");
        }

        if (header.Metadata[Safetensors.FingerprintKey] == info.Fingerprint)
            return;
        throw Broken(
            $"it holds weights of another architecture, saved by {header.Metadata[Safetensors.EncoderKey]}. "
            + $"{FirstDifference(header.Metadata[Safetensors.ArchitectureKey])} "
            + $"Load it with the encoder that saved it, or declare {info.Name} as it was then; else {info.Name} has to be trained anew.");
    }

    private string FirstDifference(string architecture)
    {
        string[] theirs = Parts(architecture), own = Parts(info.Architecture);
        int at = theirs.AsSpan().CommonPrefixLength(own);
        return at == theirs.Length && at == own.Length
            ? "The fingerprints differ although the descriptions agree, so one of them was changed."
            : $"The first difference: the file has {Part(theirs)}, {info.Name} has {Part(own)}.";

        string Part(string[] parts) => at < parts.Length ? $"'{parts[at]}'" : at == 0 ? "no description" : $"nothing more after '{parts[at - 1]}'";
    }

    private static string[] Parts(string architecture) =>
        architecture.Split(['\n', '\r', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private SafetensorsEntry[] Match(SafetensorsHeader header)
    {
        string? unknown = header.Tensors.Keys.Except(info.Tensors.Select(tensor => tensor.Name)).Order(StringComparer.Ordinal).FirstOrDefault();
        var entries = new SafetensorsEntry[info.Tensors.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            ParameterTensor tensor = info.Tensors[i];
            if (!header.Tensors.TryGetValue(tensor.Name, out SafetensorsEntry? entry))
            {
                string instead = unknown is null ? "" : $" It has '{unknown}', which {info.Name} has not.";
                throw Broken(
                    $"it has no tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}], which {info.Name} needs.{instead} Is it a file of another encoder?");
            }

            if (entry.Type != Safetensors.ElementType)
                throw Broken($"tensor '{tensor.Name}' is of type {entry.Type}; weights are of type {Safetensors.ElementType}. Convert it to 32-bit floats.");
            if (!entry.Shape.AsSpan().SequenceEqual([.. tensor.Shape.Select(size => (long)size)]))
                throw Broken($"tensor '{tensor.Name}' has shape [{string.Join(", ", entry.Shape)}]; in {info.Name} it is [{string.Join(", ", tensor.Shape)}].");
            if (entry.End - entry.Begin != (long)tensor.Length * sizeof(float))
                throw Broken($"tensor '{tensor.Name}' of {tensor.Length} floats lies in bytes {entry.Begin} to {entry.End}. {Damaged}");
            entries[i] = entry;
        }

        if (unknown is not null)
            throw Broken($"it has a tensor '{unknown}', which {info.Name} has not. Is it a file of another encoder?");
        return entries;
    }

    private void CheckValues(ParameterTensor tensor, float[] values)
    {
        bool variance = tensor.Role is ParameterRole.RunningVariance;
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw Broken($"value {i} of tensor '{tensor.Name}' is {values[i]}; weights are finite numbers. {Damaged}");
            if (variance && values[i] < 0f)
                throw Broken($"value {i} of tensor '{tensor.Name}' is {values[i]}; a variance is not below 0. {Damaged}");
        }
    }

    private void CheckSum(SafetensorsHeader header, float[][] values)
    {
        if (header.Metadata.TryGetValue(Safetensors.ChecksumKey, out string? expected)
            && expected != SafetensorsWriter.Checksum(values))
        {
            throw Broken(
                $"its weights do not have the checksum that it was saved with. {Damaged} If another program changed the weights on purpose, "
                + $"let it leave out the notes that begin with '{Safetensors.KeyPrefix}'.");
        }
    }

    private WeightsFormatException Broken(string what) => new($"{file.Name}: {what}");
}
