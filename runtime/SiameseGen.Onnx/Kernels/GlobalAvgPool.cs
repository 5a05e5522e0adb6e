namespace SiameseGen.Onnx.Kernels;

/// <summary>The mean of each channel, as a vector.</summary>
internal sealed class GlobalAvgPool() : KernelForm("GlobalAvgPool")
{
    public override string Write(KernelCall call) => call.Vector(call.Node("GlobalAveragePool", call.Input));
}
