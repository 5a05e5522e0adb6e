using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>Convolution, however it is computed.</summary>
internal sealed class Convolution() : KernelForm("Conv2D", "WinogradConv2D")
{
    public override string Write(KernelCall call) => Write(call, groups: 1);

    /// <summary>Adds a convolution.</summary>
    /// <param name="call">The call.</param>
    /// <param name="groups">Groups of channels.</param>
    public static string Write(KernelCall call, int groups)
    {
        OnnxTensor weight = call.Find(TensorRole.Weight)!;
        int height = weight.Shape[0], width = weight.Shape[1], channels = call.Arriving.Channels / groups, dilation = call.Int("Dilation", 1);
        int filters = weight.Values.Length / (height * width * channels);
        List<string> inputs = [call.Input, call.Graph.Tensor(weight.Name, [filters, channels, height, width], FiltersFirst(weight.Values, height * width, channels, filters))];
        if (call.Find(TensorRole.Bias) is not null)
            inputs.Add(call.Weights(TensorRole.Bias));
        return call.Graph.Node(
            "Conv", inputs,
            [.. Windows.Attributes(call, height, width, dilation), OnnxGraph.Ints("dilations", dilation, dilation), OnnxGraph.Int("group", groups)]);
    }

    // Taps × channels × filters to filters × channels × taps.
    private static float[] FiltersFirst(float[] values, int taps, int channels, int filters)
    {
        float[] result = new float[values.Length];
        for (int tap = 0; tap < taps; tap++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int filter = 0; filter < filters; filter++)
                    result[(((filter * channels) + channel) * taps) + tap] = values[(((tap * channels) + channel) * filters) + filter];
            }
        }

        return result;
    }
}
