namespace SiameseGen.Persistence;

/// <summary>Takes over weights that were trained elsewhere.</summary>
public static class WeightImport
{
    /// <summary>
    /// Reads weights and running statistics that another framework trained from a safetensors file, and puts them into SiameseGen's order. All is checked before the
    /// first weight changes: every tensor of the encoder has one in the file of the shape that it has there, and every tensor of the file has a place.
    /// </summary>
    /// <param name="encoder">Receives the weights. It is declared as the network was built: the same layers, sizes, borders and epsilons.</param>
    /// <param name="path">The file; numbers of 64, 32 or 16 bits (<c>F64</c>, <c>F32</c>, <c>F16</c>, <c>BF16</c>).</param>
    /// <param name="naming">How its tensors are named, such as <see cref="WeightNaming.PyTorch"/>.</param>
    /// <returns>What was made of what, in the order of the encoder's layers.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, the naming names a layer that the encoder has not, or the encoder's class was not generated.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or a tensor is missing, superfluous or of another shape. No weight has changed.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<ImportedTensor> Import(this IEncoder encoder, string path, WeightNaming naming)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(naming);
        Parameters parameters = encoder.Parameters;
        IReadOnlyList<(ParameterTensor Tensor, string Source, float[] Values)> tensors = new ForeignReader(parameters.Info, path, naming).Read();
        foreach ((ParameterTensor tensor, _, float[] values) in tensors)
            values.CopyTo(parameters[tensor]);
        parameters.MarkChanged();
        return [.. tensors.Select(read => new ImportedTensor(read.Tensor.Name, read.Source))];
    }
}

/// <summary>A tensor that was taken over.</summary>
/// <param name="Name">The encoder's, such as <c>conv2d1.weight</c>.</param>
/// <param name="Source">The file's, such as <c>features.0.weight</c>.</param>
public sealed record ImportedTensor(string Name, string Source);
