using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>Normalisation of groups of channels, or of each pixel's channels. ONNX has the first only in later opsets: here it is that of instances, a group as one.</summary>
internal sealed class GroupNorm() : KernelForm("GroupNorm")
{
    public override string Write(KernelCall call)
    {
        ProtobufMessage epsilon = OnnxGraph.Float("epsilon", call.Number("Epsilon"));
        return call.Int("Pixels") == 1 && call.Int("Groups") == 1 ? OfPixels(call, epsilon) : OfGroups(call, epsilon, call.Int("Groups"));
    }

    private static string OfPixels(KernelCall call, ProtobufMessage epsilon)
    {
        string input = call.Arriving.IsImage ? call.ToChannelsLast(call.Input) : call.Input;
        string output = call.Graph.Node("LayerNormalization", [input, call.Weights(TensorRole.Gain), call.Weights(TensorRole.Shift)], OnnxGraph.Int("axis", -1), epsilon);
        return call.Arriving.IsImage ? KernelCall.ToChannelsFirst(call.Graph, output) : output;
    }

    private static string OfGroups(KernelCall call, ProtobufMessage epsilon, int groups)
    {
        OnnxGraph graph = call.Graph;
        float[] ones = new float[groups];
        Array.Fill(ones, 1f);
        OnnxTensor gain = call.Find(TensorRole.Gain)!;
        string grouped = call.Node("Reshape", call.Input, graph.Integers(0, groups, -1));
        string normal = graph.Node(
            "InstanceNormalization", [grouped, graph.Tensor(gain.Name + ".ones", [groups], ones), graph.Tensor(gain.Name + ".zeros", [groups], new float[groups])], epsilon);
        Shape shape = call.Arriving;
        string ungrouped = call.Node(
            "Reshape", normal, shape.IsImage ? graph.Integers(0, shape.Channels, shape.Height, shape.Width) : graph.Integers(0, shape.Channels));
        string scaled = call.Node("Mul", ungrouped, call.Weights(TensorRole.Gain, call.ChannelSizes));
        return call.Node("Add", scaled, call.Weights(TensorRole.Shift, call.ChannelSizes));
    }
}
