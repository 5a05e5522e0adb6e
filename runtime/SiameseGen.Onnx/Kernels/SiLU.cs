namespace SiameseGen.Onnx.Kernels;

/// <summary>x times the sigmoid of x.</summary>
internal sealed class SiLU() : KernelForm("SiLU")
{
    public override string Write(KernelCall call) => call.Node("Mul", call.Input, call.Node("Sigmoid", call.Input));
}
