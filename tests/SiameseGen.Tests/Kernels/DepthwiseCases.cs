using SiameseGen.Kernels;
using SiameseGen.Reference;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// Depthwise convolutions as cases of the harness: tensors weight, then bias if any. They get the scratch they ask for and not a float more, and find it full
/// of NaN, as its content is undefined.
/// </summary>
internal static class DepthwiseCases
{
    /// <summary>Small ones of every kind: strides, borders, even kernels, channels that fill no vector, outputs that fill no tile.</summary>
    public static IEnumerable<(string Name, LayerCase Layer)> Small =>
    [
        ("DepthwiseConv2D 3 by 3", DepthwiseConv2D(Shape(4, 15, 16, 3, 3, 1, same: true))),
        ("DepthwiseConv2D one channel", DepthwiseConv2D(Shape(5, 6, 1, 3, 3, 1, same: true))),
        ("DepthwiseConv2D seven channels", DepthwiseConv2D(Shape(4, 5, 7, 3, 3, 2, same: true))),
        ("DepthwiseConv2D of one pixel", DepthwiseConv2D(Shape(1, 1, 9, 3, 3, 1, same: true))),
        ("DepthwiseConv2D 1 by 1", DepthwiseConv2D(Shape(3, 3, 17, 1, 1, 1, same: false))),
        ("DepthwiseConv2D 1 by 1 with a stride", DepthwiseConv2D(Shape(4, 5, 8, 1, 1, 2, same: false))),
        ("DepthwiseConv2D even kernel", DepthwiseConv2D(Shape(5, 4, 11, 2, 4, 1, same: true))),
        ("DepthwiseConv2D stride 2", DepthwiseConv2D(Shape(7, 19, 33, 3, 3, 2, same: true))),
        ("DepthwiseConv2D stride beyond the kernel", DepthwiseConv2D(Shape(7, 8, 12, 2, 1, 3, same: false))),
        ("DepthwiseConv2D stride beyond the image", DepthwiseConv2D(Shape(3, 4, 12, 3, 3, 9, same: true))),
        ("DepthwiseConv2D stride with a rest", DepthwiseConv2D(Shape(8, 6, 40, 3, 3, 2, same: false))),
        ("DepthwiseConv2D everything", DepthwiseConv2D(Shape(3, 4, 20, 3, 4, 1, same: false))),
        ("DepthwiseConv2D beyond the image", DepthwiseConv2D(Shape(2, 3, 8, 7, 9, 1, same: true))),
        ("DepthwiseConv2D without bias", DepthwiseConv2D(Shape(4, 4, 24, 3, 3, 1, same: true), bias: false)),
    ];

    public static DepthwiseConv2DShape Shape(int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, bool same) =>
        new(
            height, width, channels, kernelHeight, kernelWidth, stride,
            same ? (kernelHeight - 1) / 2 : 0, same ? (kernelWidth - 1) / 2 : 0,
            same ? (height + stride - 1) / stride : ((height - kernelHeight) / stride) + 1,
            same ? (width + stride - 1) / stride : ((width - kernelWidth) / stride) + 1);

    public static LayerCase DepthwiseConv2D(DepthwiseConv2DShape shape, bool bias = true, bool relu = false, bool inputGradient = true)
    {
        int biasOffset = bias ? shape.WeightLength : -1, training = SiameseGen.Kernels.DepthwiseConv2D.TrainingScratch(shape);
        return new(shape.InputLength, shape.OutputLength)
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.DepthwiseConv2D.Forward(pass, shape, at.Input, weight: 0, biasOffset, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.DepthwiseConv2D.Backward(
                    pass, shape, at.Input, weight: 0, biasOffset, at.OutputGradient, inputGradient ? at.InputGradient : -1);
            },
            Infer = (pass, at) => SiameseGen.Kernels.DepthwiseConv2D.Infer(pass, shape, at.Input, prepared: 0, relu, at.Output),
            Prepare = (parameters, prepared) => SiameseGen.Kernels.DepthwiseConv2D.Prepare(
                parameters, shape, weight: 0, biasOffset, BatchNormFold.None, prepared),
            Reference = () => Reference(shape, bias),
            Trainable = bias ? [shape.WeightLength, shape.Channels] : [shape.WeightLength],
            PreparedLength = SiameseGen.Kernels.DepthwiseConv2D.PreparedLength(shape),
            TrainingScratch = training,
        };
    }

    public static DepthwiseConv2DReference Reference(DepthwiseConv2DShape shape, bool bias) => new(
        shape.Height, shape.Width, shape.Channels, shape.KernelHeight, shape.KernelWidth, shape.Stride,
        shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth, bias);
}
