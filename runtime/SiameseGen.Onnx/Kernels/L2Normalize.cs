namespace SiameseGen.Onnx.Kernels;

/// <summary>x / max(‖x‖₂, 10⁻¹²).</summary>
internal sealed class L2Normalize() : KernelForm("L2Normalize")
{
    public override string Write(KernelCall call)
    {
        string length = call.Graph.Node("ReduceL2", [call.Input], OnnxGraph.Ints("axes", 1), OnnxGraph.Int("keepdims", 1));
        return call.Node("Div", call.Input, call.Node("Max", length, call.Graph.Number(1e-12f)));
    }
}
