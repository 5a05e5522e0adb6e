namespace SiameseGen.Onnx.Kernels;

/// <summary>x/2 · (1 + erf(x/√2)); ONNX has it as one operator in later opsets only.</summary>
internal sealed class GELU() : KernelForm("GELU")
{
    public override string Write(KernelCall call)
    {
        OnnxGraph graph = call.Graph;
        string erf = call.Node("Erf", call.Node("Mul", call.Input, graph.Number(0.70710678f)));
        return call.Node("Mul", call.Node("Mul", call.Input, graph.Number(0.5f)), call.Node("Add", erf, graph.Number(1f)));
    }
}
