namespace SiameseGen.Onnx.Kernels;

/// <summary>The mean of each window; zeros of the border count.</summary>
internal sealed class AvgPool() : KernelForm("AvgPool2D")
{
    public override string Write(KernelCall call) => call.Graph.Node(
        "AveragePool", [call.Input], [.. Windows.Attributes(call, call.Int("WindowHeight"), call.Int("WindowWidth")), OnnxGraph.Int("count_include_pad", 1)]);
}
