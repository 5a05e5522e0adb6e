namespace SiameseGen.Onnx.Kernels;

/// <summary>x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))).</summary>
internal sealed class TanhGELU() : KernelForm("TanhGELU")
{
    public override string Write(KernelCall call)
    {
        OnnxGraph graph = call.Graph;
        string cube = call.Node("Mul", call.Node("Mul", call.Input, call.Input), call.Input);
        string sum = call.Node("Add", call.Input, call.Node("Mul", cube, graph.Number(0.044715f)));
        string tanh = call.Node("Tanh", call.Node("Mul", sum, graph.Number(0.79788456f)));
        return call.Node("Mul", call.Node("Mul", call.Input, graph.Number(0.5f)), call.Node("Add", tanh, graph.Number(1f)));
    }
}
