namespace SiameseGen.Onnx.Kernels;

/// <summary>scale · x + offset.</summary>
internal sealed class Affine() : KernelForm("Affine")
{
    public override string Write(KernelCall call) =>
        call.Node("Add", call.Node("Mul", call.Input, call.Graph.Number(call.Number("Scale"))), call.Graph.Number(call.Number("Offset")));
}
