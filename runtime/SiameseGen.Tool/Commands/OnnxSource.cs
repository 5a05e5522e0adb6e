using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Onnx;
using SiameseGen.Persistence;
using SiameseGen.Tool.Inspection;

namespace SiameseGen.Tool.Commands;

/// <summary>What an ONNX model is made of: an architecture's text and its weights as they were trained, from an artifact or a file of weights.</summary>
/// <param name="Name">The encoder's name.</param>
/// <param name="Architecture">The text.</param>
/// <param name="Tensors">The weights, in the order of the architecture.</param>
internal sealed record OnnxSource(string Name, string Architecture, IReadOnlyList<OnnxTensor> Tensors)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">An artifact of 16-bit floats (.siamese), or weights that SiameseGen has saved (.safetensors).</param>
    /// <exception cref="InvalidDataException">It is damaged, or has no weights as they were trained; the message names the file and what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxSource Read(string path) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? OfWeights(path) : OfArtifact(path, ArtifactInspection.Read(path));

    /// <summary>Makes the model.</summary>
    /// <param name="path">The file it was read from, for messages.</param>
    /// <param name="layout">The order of an image's values at the input.</param>
    /// <exception cref="InvalidDataException">The weights are not those of the architecture, or not finite.</exception>
    public ProtobufMessage Model(string path, OnnxImageLayout layout)
    {
        try
        {
            return OnnxModel.Of(Name, Architecture, layout, Tensors);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    // Weights of integers have no scales of their own any more: these are gone into the multipliers, together with those of activations. Packed floats have batch
    // normalisations in them, and filters of Winograd's convolutions are transformed: what they were made of can only be guessed.
    private static OnnxSource OfArtifact(string path, Artifact artifact)
    {
        if (artifact.Precision != ArtifactPrecision.Float16)
        {
            string kept = artifact.Precision == ArtifactPrecision.Int8 ? "of 8-bit integers" : "of 32-bit floats that are folded and packed for inference";
            throw new InvalidDataException($"{path}: it is {kept}, from which the weights cannot be told as they were trained. Give the saved weights (.safetensors), export an artifact of Float16, or call OnnxExport.Save where the encoder is trained.");
        }

        string architecture = string.Join("; ", artifact.Architecture);
        ParameterLayout layout = LayoutOf(path, architecture, artifact.Encoder);
        const int size = 2;
        int at = 0;
        if (artifact.Payload.Length != (layout.ParameterCount + layout.StateCount) * size)
            throw new InvalidDataException($"{path}: it holds {artifact.Payload.Length} bytes of weights where this encoder's take {(layout.ParameterCount + layout.StateCount) * size}. Export it again.");
        List<OnnxTensor> tensors = [];
        foreach (PlacedTensor place in layout.Tensors)
        {
            float[] values = new float[place.Tensor.Count];
            for (int i = 0; i < values.Length; i++, at += size)
                values[i] = (float)BitConverter.ToHalf(artifact.Payload, at);
            tensors.Add(new OnnxTensor(place.Name, place.Tensor.Shape, values));
        }

        return new OnnxSource(artifact.Encoder, architecture, tensors);
    }

    private static OnnxSource OfWeights(string path)
    {
        using var file = new SafetensorsFile(path);
        if (!file.Header.Metadata.TryGetValue(Safetensors.ArchitectureKey, out string? architecture))
            throw new InvalidDataException($"{path}: it does not tell the encoder's architecture, as files do that SiameseGen has saved. Load it into an encoder and call OnnxExport.Save.");
        string name = file.Header.Metadata.GetValueOrDefault(Safetensors.EncoderKey, "Encoder");
        SafetensorsEntry[] entries = [.. file.Header.Tensors.Values.OrderBy(tensor => tensor.Begin)];
        file.CheckOffsets(entries);
        List<OnnxTensor> tensors = [];
        foreach (SafetensorsEntry entry in entries)
        {
            float[] values = new float[entry.Shape.Aggregate(1L, (product, length) => product * length)];
            file.Read(entry, values);
            tensors.Add(new OnnxTensor(entry.Name, [.. entry.Shape.Select(length => (int)length)], values));
        }

        LayoutOf(path, architecture, name);
        return new OnnxSource(name, architecture, tensors);
    }

    private static ParameterLayout LayoutOf(string path, string architecture, string name)
    {
        try
        {
            EncoderModel model = ArchitectureText.Read(architecture, name);
            return EncoderCompiler.Plan(model, new ProblemList(model))?.Parameters ?? throw new FormatException("its architecture is none that a generated encoder has");
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
