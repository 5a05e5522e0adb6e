using SiameseGen.Persistence;

namespace SiameseGen.Onnx;

/// <summary>
/// Writes encoders as ONNX models: opset 17, 32-bit floats, a batch of any size. The model has one input, <c>input</c>, of [batch, height, width, channels] or
/// [batch, features], and one output, <c>embedding</c>, of [batch, values]. It computes what <c>Embed</c> computes but for rounding.
/// </summary>
/// <remarks>
/// Tensors have the names of <see cref="EncoderInfo.Tensors"/>; batch normalisation stands as such, dropout is left out. The notes of the model
/// (<c>metadata_props</c>) are those of a file of weights: encoder, architecture and fingerprint. Equal weights of one encoder give equal files, byte for byte.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes an encoder to a file, as a whole or not at all: a failure leaves a file that was there as it was.</summary>
    /// <param name="encoder">The encoder. Do not train it at the same time.</param>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <param name="layout">The order of an image's values at the input; of no effect on an encoder of features.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or the encoder's class was not generated.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layout"/> is none of the layouts.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(IEncoder encoder, string path, OnnxImageLayout layout = OnnxImageLayout.ChannelsLast)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ProtobufMessage model = Model(encoder, layout);
        AtomicFile.Write(path, model.WriteTo);
    }

    /// <summary>Writes an encoder to a stream.</summary>
    /// <param name="encoder">The encoder. Do not train it at the same time.</param>
    /// <param name="stream">Receives the model.</param>
    /// <param name="layout">The order of an image's values at the input; of no effect on an encoder of features.</param>
    /// <exception cref="ArgumentException">The encoder's class was not generated.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layout"/> is none of the layouts.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    /// <exception cref="IOException">Writing failed.</exception>
    public static void Write(IEncoder encoder, Stream stream, OnnxImageLayout layout = OnnxImageLayout.ChannelsLast)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Model(encoder, layout).WriteTo(stream);
    }

    private static ProtobufMessage Model(IEncoder encoder, OnnxImageLayout layout)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        if (!Enum.IsDefined(layout))
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "Use a member of OnnxImageLayout.");
        Parameters parameters = encoder.Parameters;
        EncoderInfo info = parameters.Info;
        try
        {
            return OnnxModel.Of(info.Name, info.Architecture, layout, [.. info.Tensors.Select(tensor => new OnnxTensor(tensor.Name, tensor.Shape, parameters[tensor].ToArray()))]);
        }
        catch (FormatException failure)
        {
            throw new ArgumentException($"{info.Name} has no architecture that a generated encoder has, so it cannot be exported: {failure.Message}", nameof(encoder), failure);
        }
    }
}
