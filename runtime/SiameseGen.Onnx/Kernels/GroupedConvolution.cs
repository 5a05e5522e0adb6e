namespace SiameseGen.Onnx.Kernels;

/// <summary>Convolution with channels in groups.</summary>
internal sealed class GroupedConvolution() : KernelForm("GroupedConv2D")
{
    public override string Write(KernelCall call) => Convolution.Write(call, call.Int("Groups"));
}
