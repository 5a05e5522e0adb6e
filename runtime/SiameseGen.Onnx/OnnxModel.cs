using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Onnx.Kernels;

namespace SiameseGen.Onnx;

/// <summary>
/// Turns a graph into an ONNX model. Of layers it sees only what they are lowered to: kernels, for each of which <see cref="KernelCatalogue"/> has ONNX's operators.
/// Images flow channels first there, vectors as they are; what a <c>Flatten</c> reads is put into SiameseGen's order first.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The name of the input.</summary>
    public const string Input = "input";

    /// <summary>The name of the output.</summary>
    public const string Output = "embedding";

    private const int IrVersion = 8, Opset = 17;

    /// <summary>Makes the model.</summary>
    /// <param name="name">The encoder's name.</param>
    /// <param name="architecture">Its architecture's text.</param>
    /// <param name="layout">The order of an image's values at the input.</param>
    /// <param name="tensors">Its weights, in the order of the architecture.</param>
    /// <exception cref="FormatException">The text is not one that an encoder has, or the weights are not its.</exception>
    /// <exception cref="InvalidOperationException">A weight is not a finite number.</exception>
    public static ProtobufMessage Of(string name, string architecture, OnnxImageLayout layout, IReadOnlyList<OnnxTensor> tensors)
    {
        EncoderModel declared = ArchitectureText.Read(architecture, name);
        Graph graph = EncoderCompiler.Plan(declared, new ProblemList(declared))!.Graph;
        IReadOnlyDictionary<(Layer, TensorRole), OnnxTensor> weights = Assign(ParameterLayout.Of(graph).Tensors, tensors);
        var onnx = new OnnxGraph();
        Shape input = graph.Input;
        bool isTurned = input.IsImage && layout is OnnxImageLayout.ChannelsLast;
        Dictionary<int, string> values = new() { [Graph.InputIndex] = isTurned ? KernelCall.ToChannelsFirst(onnx, Input) : Input };
        for (int i = 0; i < graph.Layers.Count; i++)
        {
            Layer layer = graph.Layers[i];
            var call = new KernelCall(onnx, layer, values[layer.Source], layer.Branch is { } branch ? values[branch] : null, weights);
            values[i] = layer.Lowering.IsAlias ? call.Flattened()
                : layer.Lowering.Infers ? KernelCatalogue.Of((layer.Lowering.Inference ?? layer.Lowering).Kernel).Write(call)
                : values[layer.Source];
        }

        onnx.End(values[graph.Layers.Count - 1], Output);
        int[] inputSizes = !input.IsImage ? [input.Length]
            : isTurned ? [input.Height, input.Width, input.Channels]
            : [input.Channels, input.Height, input.Width];
        ProtobufMessage model = new ProtobufMessage()
            .Int(1, IrVersion)
            .Text(2, "SiameseGen")
            .Message(7, onnx.Complete(name, Input, inputSizes, Output, [graph.EmbeddingLength]))
            .Message(8, new ProtobufMessage().Text(1, "").Int(2, Opset));
        foreach ((string key, string value) in new[] { ("encoder", name), ("architecture", architecture), ("fingerprint", Compiler.Emission.Fingerprint.Of(architecture)) })
            model.Message(14, new ProtobufMessage().Text(1, "siamesegen." + key).Text(2, value));
        return model;
    }

    // By position: the text does not tell the names that the user gave.
    private static Dictionary<(Layer, TensorRole), OnnxTensor> Assign(IReadOnlyList<PlacedTensor> places, IReadOnlyList<OnnxTensor> tensors)
    {
        if (places.Count != tensors.Count)
            throw new FormatException($"The architecture has {places.Count} tensors, and {tensors.Count} are there.");
        Dictionary<(Layer, TensorRole), OnnxTensor> weights = [];
        foreach ((PlacedTensor place, OnnxTensor tensor) in places.Zip(tensors))
        {
            if (!place.Tensor.Shape.SequenceEqual(tensor.Shape))
                throw new FormatException($"Tensor '{tensor.Name}' has the shape {string.Join('×', tensor.Shape)}, and in the architecture it has {place.Tensor.ShapeText}.");
            foreach (float value in tensor.Values)
            {
                if (!float.IsFinite(value))
                    throw new InvalidOperationException($"Tensor '{tensor.Name}' contains {value}. Weights that are not finite numbers are not exported.");
            }

            weights.Add((place.Layer, place.Tensor.Role), tensor);
        }

        return weights;
    }
}
