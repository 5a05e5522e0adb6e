namespace SiameseGen.Onnx.Kernels;

/// <summary>Convolution with a filter for each channel.</summary>
internal sealed class DepthwiseConvolution() : KernelForm("DepthwiseConv2D")
{
    public override string Write(KernelCall call) => Convolution.Write(call, call.Arriving.Channels);
}
