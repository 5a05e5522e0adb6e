using SiameseGen.Kernels;
using SiameseGen.Reference;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// Convolutions and dense layers as cases of the harness: tensors weight, then bias if any. They get the scratch they ask for and not a float
/// more, and find it full of NaN, as its content is undefined.
/// </summary>
internal static class ConvolutionCases
{
    /// <summary>What a Winograd convolution may err, as a share of the largest output.</summary>
    public const double WinogradTolerance = 2e-5;

    /// <summary>Small ones of every kind: strides, borders, even kernels, numbers of channels and filters around the width of a vector.</summary>
    public static IEnumerable<(string Name, LayerCase Layer)> Small =>
    [
        ("Conv2D 3 by 3", Conv2D(Shape(4, 5, 3, 5, 3, 3, 1, same: true))),
        ("Conv2D of one pixel", Conv2D(Shape(1, 1, 4, 16, 3, 3, 1, same: true))),
        ("Conv2D 1 by 1", Conv2D(Shape(3, 3, 17, 17, 1, 1, 1, same: false))),
        ("Conv2D one filter", Conv2D(Shape(5, 5, 2, 1, 3, 3, 2, same: true))),
        ("Conv2D one channel", Conv2D(Shape(6, 7, 1, 20, 3, 3, 1, same: true))),
        ("Conv2D even kernel", Conv2D(Shape(5, 4, 3, 9, 2, 4, 1, same: true))),
        ("Conv2D stride beyond the kernel", Conv2D(Shape(7, 8, 3, 8, 2, 1, 3, same: false))),
        ("Conv2D stride with a rest", Conv2D(Shape(8, 6, 2, 7, 3, 3, 2, same: false))),
        ("Conv2D everything", Conv2D(Shape(3, 4, 5, 33, 3, 4, 1, same: false))),
        ("Conv2D of two panels", Conv2D(Shape(5, 5, 3, 32, 3, 3, 1, same: true))),
        ("Conv2D of three panels", Conv2D(Shape(4, 5, 2, 48, 3, 3, 2, same: true))),
        ("Conv2D 1 by 1 of two panels", Conv2D(Shape(7, 9, 5, 32, 1, 1, 1, same: false))),
        ("Conv2D without bias", Conv2D(Shape(4, 4, 3, 16, 3, 3, 1, same: true), bias: false)),
        ("Conv2D dilated", Conv2D(new Conv2DShape(8, 9, 3, 17, 3, 2, 1, 2, 1, 8, 9, Dilation: 2))),
        ("Conv2D dilated, with a stride", Conv2D(new Conv2DShape(11, 10, 2, 5, 3, 3, 2, 0, 3, 3, 5, Dilation: 3))),
        ("GroupedConv2D", GroupedConv2D(new(3, new Conv2DShape(5, 6, 4, 17, 3, 3, 1, 1, 1, 5, 6)))),
        ("GroupedConv2D of one channel", GroupedConv2D(new(5, new Conv2DShape(7, 4, 1, 2, 2, 3, 2, 0, 1, 3, 2)), bias: false)),
        ("GroupedConv2D dilated", GroupedConv2D(new(2, new Conv2DShape(9, 9, 3, 3, 3, 3, 2, 2, 2, 5, 5, Dilation: 2)))),
        ("GroupedConv2D of one pixel", GroupedConv2D(new(4, new Conv2DShape(3, 3, 4, 16, 1, 1, 1, 0, 0, 3, 3)))),
        ("WinogradConv2D", WinogradConv2D(Shape(6, 9, 8, 16, 3, 3, 1, same: true))),
        ("WinogradConv2D of one pixel", WinogradConv2D(Shape(1, 1, 4, 16, 3, 3, 1, same: true))),
        ("WinogradConv2D without border", WinogradConv2D(Shape(7, 6, 5, 21, 3, 3, 1, same: false))),
        ("WinogradConv2D one filter", WinogradConv2D(Shape(5, 5, 2, 1, 3, 3, 1, same: true), bias: false)),
        ("WinogradConv2D of two panels", WinogradConv2D(Shape(14, 15, 9, 32, 3, 3, 1, same: true))),
        ("WinogradConv2D of three panels and a rest", WinogradConv2D(Shape(5, 7, 12, 53, 3, 3, 1, same: true))),
        ("WinogradConv2D with a border below and to the left", WinogradConv2D(new Conv2DShape(5, 6, 8, 16, 3, 3, 1, 0, 2, 5, 6))),
        ("WinogradConv2D with a border above and to the right", WinogradConv2D(new Conv2DShape(5, 6, 3, 9, 3, 3, 1, 2, 0, 7, 5))),
        ("WinogradConv2D with a border on one side", WinogradConv2D(new Conv2DShape(7, 5, 4, 8, 3, 3, 1, 0, 1, 6, 4))),
        ("WinogradConv2D of several groups", WinogradConv2D(Shape(37, 38, 1, 8, 3, 3, 1, same: true), bias: false)),
        ("WinogradConv2D of several tiles", WinogradConv2D(Shape(14, 15, 3, 9, 3, 3, 1, same: true))),
        ("Dense 1 to 1", Dense(1, 1)),
        ("Dense 5 to 17", Dense(5, 17)),
        ("Dense 1030 to 17", Dense(1030, 17)),
        ("Dense 130 to 32", Dense(130, 32)),
        ("Dense 1030 to 48", Dense(1030, 48)),
        ("Dense without bias", Dense(9, 16, bias: false)),
    ];

    public static Conv2DShape Shape(int height, int width, int channels, int filters, int kernelHeight, int kernelWidth, int stride, bool same) =>
        new(
            height, width, channels, filters, kernelHeight, kernelWidth, stride,
            same ? (kernelHeight - 1) / 2 : 0, same ? (kernelWidth - 1) / 2 : 0,
            same ? (height + stride - 1) / stride : ((height - kernelHeight) / stride) + 1,
            same ? (width + stride - 1) / stride : ((width - kernelWidth) / stride) + 1);

    public static LayerCase Conv2D(Conv2DShape shape, bool bias = true, bool relu = false, bool pool = false, bool inputGradient = true)
    {
        int biasOffset = bias ? shape.WeightLength : -1;
        int training = SiameseGen.Kernels.Conv2D.TrainingScratch(shape), inference = SiameseGen.Kernels.Conv2D.InferenceScratch(shape);
        return new(shape.InputLength, OutputLength(shape, pool))
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.Conv2D.Forward(pass, shape, at.Input, weight: 0, biasOffset, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.Conv2D.Backward(
                    pass, shape, at.Input, weight: 0, biasOffset, at.OutputGradient, inputGradient ? at.InputGradient : -1);
            },
            Infer = (pass, at) =>
            {
                pass.Scratch(inference).Fill(float.NaN);
                SiameseGen.Kernels.Conv2D.Infer(pass, shape, at.Input, prepared: 0, relu, pool, at.Output);
            },
            Prepare = (parameters, prepared) => SiameseGen.Kernels.Conv2D.Prepare(
                parameters, shape, weight: 0, biasOffset, BatchNormFold.None, prepared),
            Reference = () => Reference(shape, bias),
            Trainable = bias ? [shape.WeightLength, shape.Filters] : [shape.WeightLength],
            PreparedLength = SiameseGen.Kernels.Conv2D.PreparedLength(shape),
            TrainingScratch = training,
            InferenceScratch = inference,
        };
    }

    public static LayerCase GroupedConv2D(GroupedConv2DShape shape, bool bias = true, bool relu = false)
    {
        int biasOffset = bias ? shape.WeightLength : -1;
        int training = SiameseGen.Kernels.GroupedConv2D.TrainingScratch(shape), inference = SiameseGen.Kernels.GroupedConv2D.InferenceScratch(shape);
        return new(shape.InputLength, shape.OutputLength)
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.GroupedConv2D.Forward(pass, shape, at.Input, weight: 0, biasOffset, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.GroupedConv2D.Backward(pass, shape, at.Input, weight: 0, biasOffset, at.OutputGradient, at.InputGradient);
            },
            Infer = (pass, at) =>
            {
                pass.Scratch(inference).Fill(float.NaN);
                SiameseGen.Kernels.GroupedConv2D.Infer(pass, shape, at.Input, prepared: 0, relu, at.Output);
            },
            Prepare = (parameters, prepared) => SiameseGen.Kernels.GroupedConv2D.Prepare(
                parameters, shape, weight: 0, biasOffset, BatchNormFold.None, prepared),
            Reference = () => Reference(shape, bias),
            Trainable = bias ? [shape.WeightLength, shape.Filters] : [shape.WeightLength],
            PreparedLength = SiameseGen.Kernels.GroupedConv2D.PreparedLength(shape),
            TrainingScratch = training,
            InferenceScratch = inference,
        };
    }

    public static LayerCase WinogradConv2D(
        Conv2DShape shape, bool bias = true, bool relu = false, bool pool = false, bool inputGradient = true)
    {
        int biasOffset = bias ? shape.WeightLength : -1;
        int training = SiameseGen.Kernels.WinogradConv2D.TrainingScratch(shape);
        int inference = SiameseGen.Kernels.WinogradConv2D.InferenceScratch(shape);
        return new(shape.InputLength, OutputLength(shape, pool))
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.WinogradConv2D.Forward(pass, shape, at.Input, weight: 0, biasOffset, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.WinogradConv2D.Backward(
                    pass, shape, at.Input, weight: 0, biasOffset, at.OutputGradient, inputGradient ? at.InputGradient : -1);
            },
            Infer = (pass, at) =>
            {
                pass.Scratch(inference).Fill(float.NaN);
                SiameseGen.Kernels.WinogradConv2D.Infer(pass, shape, at.Input, prepared: 0, relu, pool, at.Output);
            },
            Prepare = (parameters, prepared) => SiameseGen.Kernels.WinogradConv2D.Prepare(
                parameters, shape, weight: 0, biasOffset, BatchNormFold.None, prepared),
            Reference = () => Reference(shape, bias),
            Tolerance = WinogradTolerance,
            Trainable = bias ? [shape.WeightLength, shape.Filters] : [shape.WeightLength],
            PreparedLength = SiameseGen.Kernels.WinogradConv2D.PreparedLength(shape),
            TrainingScratch = training,
            InferenceScratch = inference,
        };
    }

    public static LayerCase Dense(int inputs, int outputs, bool bias = true, bool relu = false)
    {
        var shape = new DenseShape(inputs, outputs);
        int biasOffset = bias ? shape.WeightLength : -1;
        int training = SiameseGen.Kernels.Dense.TrainingScratch(shape);
        return new(inputs, outputs)
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.Dense.Forward(pass, shape, at.Input, weight: 0, biasOffset, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                SiameseGen.Kernels.Dense.Backward(pass, shape, at.Input, weight: 0, biasOffset, at.OutputGradient, at.InputGradient);
            },
            Infer = (pass, at) => SiameseGen.Kernels.Dense.Infer(pass, shape, at.Input, prepared: 0, relu, at.Output),
            Prepare = (parameters, prepared) => SiameseGen.Kernels.Dense.Prepare(
                parameters, shape, weight: 0, biasOffset, BatchNormFold.None, prepared),
            Reference = () => new DenseReference(inputs, outputs, bias),
            Trainable = bias ? [shape.WeightLength, outputs] : [shape.WeightLength],
            PreparedLength = SiameseGen.Kernels.Dense.PreparedLength(shape),
            TrainingScratch = training,
        };
    }

    public static Conv2DReference Reference(Conv2DShape shape, bool bias) => new(
        shape.Height, shape.Width, shape.Channels, shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Stride,
        shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth, bias, shape.Dilation);

    public static Conv2DReference Reference(GroupedConv2DShape shape, bool bias) => new(
        shape.Group.Height, shape.Group.Width, shape.Groups * shape.Group.Channels, shape.Filters, shape.Group.KernelHeight, shape.Group.KernelWidth,
        shape.Group.Stride, shape.Group.PadTop, shape.Group.PadLeft, shape.Group.OutputHeight, shape.Group.OutputWidth, bias, shape.Group.Dilation, shape.Groups);

    private static int OutputLength(Conv2DShape shape, bool pool) =>
        pool ? shape.OutputHeight / 2 * (shape.OutputWidth / 2) * shape.Filters : shape.OutputLength;
}
