namespace SiameseGen.Onnx.Kernels;

/// <summary>What convolutions and pooling have in common: steps and borders of what slides over an image.</summary>
internal static class Windows
{
    /// <summary>The attributes <c>strides</c>, <c>pads</c> and <c>kernel_shape</c>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="height">Taps down.</param>
    /// <param name="width">Taps across.</param>
    /// <param name="dilation">Pixels from one tap to the next.</param>
    public static ProtobufMessage[] Attributes(KernelCall call, int height, int width, int dilation = 1)
    {
        int stride = call.Int("Stride"), across = call.Int("StrideAcross", stride), top = call.Int("PadTop"), left = call.Int("PadLeft");
        int bottom = After(call.Int("OutputHeight"), stride, ((height - 1) * dilation) + 1, call.Int("Height"), top);
        int right = After(call.Int("OutputWidth"), across, ((width - 1) * dilation) + 1, call.Int("Width"), left);
        return [OnnxGraph.Ints("kernel_shape", height, width), OnnxGraph.Ints("strides", stride, across), OnnxGraph.Ints("pads", top, left, bottom, right)];
    }

    // As far as the last place reaches beyond the image; the kernels do not care for more.
    private static int After(int places, int stride, int reach, int size, int before) => Math.Max(0, ((places - 1) * stride) + reach - size - before);
}
