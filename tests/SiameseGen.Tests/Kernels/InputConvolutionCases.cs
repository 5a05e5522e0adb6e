using SiameseGen.Kernels;
using SiameseGen.Reference;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// Convolutions of an encoder's inputs with all that follows them: tensors weight, bias if any, gain and shift. They get the scratch they ask for and not a
/// float more, and find it, and the marks, full of NaN.
/// </summary>
internal static class InputConvolutionCases
{
    /// <summary>Small ones of every kind: odd sides, where pixels are under no window, strides, even kernels, filters around the width of a vector.</summary>
    public static IEnumerable<(string Name, LayerCase Layer)> Small =>
    [
        ("input 3 by 3", Make(ConvolutionCases.Shape(8, 6, 1, 16, 3, 3, 1, same: true))),
        ("input with odd sides", Make(ConvolutionCases.Shape(7, 9, 1, 17, 3, 3, 1, same: true))),
        ("input with a bias", Make(ConvolutionCases.Shape(6, 5, 2, 8, 3, 3, 1, same: false), bias: true)),
        ("input of three channels", Make(ConvolutionCases.Shape(6, 6, 3, 9, 3, 3, 2, same: true))),
        ("input 5 by 5", Make(ConvolutionCases.Shape(9, 8, 1, 24, 5, 5, 1, same: true))),
        ("input of one tap", Make(ConvolutionCases.Shape(4, 5, 1, 3, 1, 1, 1, same: true))),
        ("input 2 by 4", Make(ConvolutionCases.Shape(5, 8, 2, 5, 2, 4, 1, same: true))),
        ("input of one window", Make(ConvolutionCases.Shape(2, 2, 1, 8, 3, 3, 1, same: true))),
        ("input of many pixels and an odd number of rows", Make(ConvolutionCases.Shape(19, 20, 1, 70, 3, 3, 1, same: true))),
        ("input that is wide", Make(ConvolutionCases.Shape(4, 140, 1, 8, 3, 3, 1, same: true))),
    ];

    /// <summary>A case; everything is of the batch, as the layers are one after the other.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="bias">Whether it has biases.</param>
    public static LayerCase Make(Conv2DShape shape, bool bias = false)
    {
        int filters = shape.Filters, biasOffset = bias ? shape.WeightLength : -1, gain = shape.WeightLength + (bias ? filters : 0);
        int training = Conv2DBatchNormReLUMaxPool.TrainingScratch(shape), marks = Conv2DBatchNormReLUMaxPool.MarksLength(shape);
        var norm = new BatchNormShape(shape.OutputHeight * shape.OutputWidth, filters, 1e-5f, 0.1f);
        var fold = new BatchNormFold(gain, gain + filters, gain + (2 * filters), gain + (3 * filters), norm.Epsilon);
        return new(shape.InputLength, shape.OutputHeight / 2 * (shape.OutputWidth / 2) * filters)
        {
            Forward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                Conv2DBatchNormReLUMaxPool.Forward(pass, shape, norm, fold, at.Input, weight: 0, biasOffset, statistics: 0, at.Marks, at.Output);
            },
            Backward = (pass, at) =>
            {
                pass.Scratch(training).Fill(float.NaN);
                Conv2DBatchNormReLUMaxPool.Backward(pass, shape, fold, at.Input, weight: 0, statistics: 0, at.Marks, at.OutputGradient);
            },
            Reference = () => new ReferenceSequence(
                ConvolutionCases.Reference(shape, bias), new BatchNormReference(filters, norm.Epsilon, norm.Momentum), new ReLUReference(),
                new MaxPool2DReference(shape.OutputHeight, shape.OutputWidth, filters, 2, 2, 2)),
            Trainable = bias ? [shape.WeightLength, filters, filters, filters] : [shape.WeightLength, filters, filters],
            State = [filters, filters],
            StatisticsLength = Conv2DBatchNormReLUMaxPool.StatisticsLength(shape),
            TrainingScratch = training,
            Marks = marks,
            HasInputGradient = false,
        };
    }
}
