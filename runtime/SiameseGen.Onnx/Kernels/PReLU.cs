using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>A rectifier with a slope for each channel.</summary>
internal sealed class PReLU() : KernelForm("PReLU")
{
    public override string Write(KernelCall call) => call.Node("PRelu", call.Input, call.Weights(TensorRole.Slope, call.ChannelSizes));
}
