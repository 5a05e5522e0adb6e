namespace SiameseGen.Onnx.Kernels;

/// <summary>An image times a vector with one factor for each channel.</summary>
internal sealed class ChannelScale() : KernelForm("ChannelScale")
{
    public override string Write(KernelCall call) => call.Node("Mul", call.Input, call.Node("Unsqueeze", call.Branch, call.Graph.Integers(2, 3)));
}
