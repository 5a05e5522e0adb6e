namespace SiameseGen.Persistence;

/// <summary>Reads another framework's weights for one encoder, and hands them out only when all has been checked.</summary>
/// <param name="info">The encoder.</param>
/// <param name="path">The file.</param>
/// <param name="naming">How to read it.</param>
internal sealed class ForeignReader(EncoderInfo info, string path, WeightNaming naming)
{
    /// <summary>The tensors of the encoder, the names of what they were made of, and their values.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, or its weights are not those of the encoder.</exception>
    public IReadOnlyList<(ParameterTensor Tensor, string Source, float[] Values)> Read()
    {
        using var file = new SafetensorsFile(path);
        if (file.Header.Metadata.ContainsKey(Safetensors.EncoderKey))
            throw Broken($"it was saved by SiameseGen. Load it with {info.Name}.Load.");
        file.CheckOffsets(file.Header.Tensors.Values);
        IReadOnlyList<OwnLayer> own = OwnLayer.Of(info);
        IReadOnlyList<ForeignLayer> foreign = new LayerMatching(info, path, naming).Match(own, new ForeignLayers(path, naming).Of(file.Header.Tensors.Values));
        return [.. own.Zip(foreign).SelectMany(pair => Read(file, pair.First, pair.Second))];
    }

    private IEnumerable<(ParameterTensor Tensor, string Source, float[] Values)> Read(SafetensorsFile file, OwnLayer own, ForeignLayer foreign)
    {
        foreach ((ParameterRole role, SafetensorsEntry entry) in foreign.Tensors)
        {
            if (own.Tensors.All(tensor => tensor.Role != role))
                throw Broken($"it has a tensor '{entry.Name}', for which '{own.Name}' of {info.Name} has no place.{(role is ParameterRole.Bias ? " Declare the layer with Bias = true." : "")}");
        }

        foreach (ParameterTensor tensor in own.Tensors)
        {
            if (!foreign.Tensors.TryGetValue(tensor.Role, out SafetensorsEntry? entry))
            {
                throw Broken(
                    $"layer '{foreign.Name}' has no '{naming.Format.Word(tensor.Role)}', of which '{tensor.Name}' of {info.Name} was to be made."
                    + (tensor.Role is ParameterRole.Bias ? " Declare the layer with Bias = false." : ""));
            }

            yield return (tensor, entry.Name, Read(file, own, tensor, entry));
        }
    }

    private float[] Read(SafetensorsFile file, OwnLayer own, ParameterTensor tensor, SafetensorsEntry entry)
    {
        (int[] sizes, TensorSort sort) = own.SizesOf(tensor, naming.Format);
        (int[] order, long[] shape) = naming.Format.Layout(sizes, sort);

        // One slope for all channels, and sizes of 1 before the channels, mean the same.
        long[] found = entry.Shape;
        bool isShared = tensor.Role is ParameterRole.Slope && found.All(size => size == 1);
        if (tensor.Role is ParameterRole.Slope)
            found = [.. found.SkipWhile((size, at) => size == 1 && at < entry.Shape.Length - 1)];
        if (!isShared && !found.SequenceEqual(shape))
        {
            throw Broken(
                $"tensor '{entry.Name}' has the shape [{string.Join(", ", entry.Shape)}], and in {naming.Format.Name} '{tensor.Name}' of {info.Name} has [{string.Join(", ", shape)}]. "
                + "Declare the layer as it was trained, or say with WeightNaming.Map which layer is which.");
        }

        if (ForeignValues.SizeOf(entry.Type) is not { } size)
            throw Broken($"tensor '{entry.Name}' is of type {entry.Type}; weights are of one of the types {string.Join(", ", ForeignValues.TypeNames)}.");
        byte[] bytes = new byte[(isShared ? 1 : tensor.Length) * size];
        if (entry.End - entry.Begin != bytes.Length)
            throw Broken($"tensor '{entry.Name}' of {bytes.Length} bytes lies in bytes {entry.Begin} to {entry.End}. {SafetensorsFile.Damaged}");
        file.Read(entry, bytes);
        float[] values = ForeignValues.Convert(entry.Type, bytes);
        CheckValues(entry.Name, tensor.Role, values);
        if (!isShared)
            return ForeignValues.Reorder(values, sizes, order);
        float[] all = new float[tensor.Length];
        Array.Fill(all, values[0]);
        return all;
    }

    private void CheckValues(string name, ParameterRole role, float[] values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                throw Broken($"tensor '{name}' contains {value} as a 32-bit float; weights are finite numbers.");
            if (role is ParameterRole.RunningVariance && value < 0f)
                throw Broken($"tensor '{name}' contains {value}; a variance is not below 0.");
        }
    }

    private WeightsFormatException Broken(string what) => new($"{path}: {what}");
}
