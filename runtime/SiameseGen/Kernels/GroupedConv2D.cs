using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Two-dimensional convolution whose channels and filters are in groups: y[oy, ox, f] = b[f] + Σ x[oy·s + ky·d − top, ox·s + kx·d − left, c] · w[ky, kx, c, f],
/// over the channels c of the filter's own group (Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", 2012;
/// Xie et al., "Aggregated Residual Transformations for Deep Neural Networks", 2017). Each group is computed as <see cref="Conv2D"/> computes all.
/// </summary>
public static class GroupedConv2D
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    public static int TrainingScratch(in GroupedConv2DShape shape) => Conv2D.TrainingScratch(shape.Group);

    /// <summary>Floats of scratch at inference.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public static int InferenceScratch(in GroupedConv2DShape shape, int items = int.MaxValue) => ConvolutionGeometry.Of(shape.Group, items: items).BufferLength;

    /// <summary>Floats of prepared weights and biases.</summary>
    /// <param name="shape">The shape.</param>
    public static int PreparedLength(in GroupedConv2DShape shape) => shape.Groups * Conv2D.PreparedLength(shape.Group);

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in GroupedConv2DShape shape, int input, int weight, int bias, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape.Group, shape.Groups);
        Span<float> scratch = pass.Scratch(TrainingScratch(shape)), buffer = scratch[..geometry.BufferLength];
        Span<float> packed = scratch.Slice(geometry.BufferLength, geometry.PackedLength + geometry.BiasLength);
        buffer.Clear();
        ReadOnlySpan<float> weights = pass.Parameters(weight, shape.WeightLength);
        ReadOnlySpan<float> biases = bias < 0 ? default : pass.Parameters(bias, shape.Filters);
        for (int group = 0; group < shape.Groups; group++)
        {
            Pack(geometry, weights, biases, group, packed);
            foreach (Shard shard in pass.Shards)
                Run(geometry, group, buffer, packed, pass.Activations(input, shape.InputLength, shard), false, pass.Activations(output, shape.OutputLength, shard));
        }
    }

    /// <summary>Adds the gradients of weights and biases, and computes the gradient of the input, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    public static void Backward(TrainingPass pass, in GroupedConv2DShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        AddParameterGradients(pass, shape, input, weight, bias, outputGradient);
        if (inputGradient < 0)
            return;
        ConvolutionGeometry geometry = ConvolutionGeometry.OfInputGradient(shape.Group, shape.Groups);
        Span<float> scratch = pass.Scratch(TrainingScratch(shape)), buffer = scratch[..geometry.BufferLength];
        Span<float> packed = scratch.Slice(geometry.BufferLength, geometry.PackedLength + geometry.BiasLength);
        buffer.Clear();
        packed[geometry.PackedLength..].Clear();
        ReadOnlySpan<float> weights = pass.Parameters(weight, shape.WeightLength);
        for (int group = 0; group < shape.Groups; group++)
        {
            PackedWeights.PackRotated(geometry, weights, packed[..geometry.PackedLength], group);
            foreach (Shard shard in pass.Shards)
            {
                Run(
                    geometry, group, buffer, packed, pass.Activations(outputGradient, shape.OutputLength, shard), false,
                    pass.Activations(inputGradient, shape.InputLength, shard));
            }
        }
    }

    /// <summary>Packs the weights for inference, group after group, with a batch normalisation folded into them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weight">Offset of the weights.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="fold">The batch normalisation that follows, or <see cref="BatchNormFold.None"/>.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    public static void Prepare(Parameters parameters, in GroupedConv2DShape shape, int weight, int bias, in BatchNormFold fold, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape.Group, shape.Groups);
        ReadOnlySpan<float> weights = parameters.Values.Slice(weight, shape.WeightLength);
        ReadOnlySpan<float> biases = bias < 0 ? default : parameters.Values.Slice(bias, shape.Filters);
        int length = geometry.PackedLength + geometry.BiasLength;
        for (int group = 0; group < shape.Groups; group++)
        {
            Span<float> packed = prepared.Slice(group * length, length);
            Pack(geometry, weights, biases, group, packed);
            if (!fold.IsNone)
                PackedWeights.Fold(geometry, parameters, fold, packed[..geometry.PackedLength], packed[geometry.PackedLength..], group);
        }
    }

    /// <summary>Computes the outputs of all items with prepared weights.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of the prepared weights.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Infer(InferencePass pass, in GroupedConv2DShape shape, int input, int prepared, bool relu, int output)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape.Group, shape.Groups, pass.Items);
        Span<float> buffer = pass.Scratch(InferenceScratch(shape, pass.Items));
        buffer.Clear();
        int length = geometry.PackedLength + geometry.BiasLength;
        for (int group = 0; group < shape.Groups; group++)
        {
            Run(
                geometry, group, buffer, pass.Prepared(prepared + (group * length), length), pass.Activations(input, shape.InputLength), relu,
                pass.Activations(output, shape.OutputLength));
        }
    }

    private static void AddParameterGradients(TrainingPass pass, in GroupedConv2DShape shape, int input, int weight, int bias, int outputGradient)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape.Group, shape.Groups);
        Span<float> scratch = pass.Scratch(TrainingScratch(shape));
        Span<float> buffer = scratch[..geometry.BufferLength], panels = scratch.Slice(geometry.BufferLength, geometry.PanelsLength);
        Span<int> positions = MemoryMarshal.Cast<float, int>(scratch.Slice(geometry.BufferLength + geometry.PanelsLength, geometry.PositionsLength));
        buffer.Clear();
        ConvolutionWeightGradient.Locate(geometry, positions);
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> inputs = pass.Activations(input, shape.InputLength, shard);
            ReadOnlySpan<float> slopes = pass.Activations(outputGradient, shape.OutputLength, shard);
            Span<float> weights = pass.Gradients(shard, weight, shape.WeightLength);
            for (int item = 0; item < shard.Items; item += geometry.Group)
            {
                int count = Math.Min(geometry.Group, shard.Items - item);
                ReadOnlySpan<float> images = inputs.Slice(item * shape.InputLength, count * shape.InputLength);
                for (int group = 0; group < shape.Groups; group++)
                {
                    BorderedImages.Copy(geometry, images, buffer, group);
                    int pixels = ConvolutionWeightGradient.Pack(
                        geometry, slopes.Slice(item * shape.OutputLength, count * shape.OutputLength), panels, group);
                    ConvolutionWeightGradient.Add(geometry, buffer, panels, positions, pixels, weights[(group * geometry.Filters)..]);
                    if (bias >= 0)
                    {
                        ConvolutionWeightGradient.AddBias(
                            geometry, panels, pixels, pass.Gradients(shard, bias, shape.Filters).Slice(group * geometry.Filters, geometry.Filters));
                    }
                }
            }
        }
    }

    // One group's weights, and its biases behind them.
    private static void Pack(in ConvolutionGeometry geometry, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, int group, Span<float> packed)
    {
        PackedWeights.Pack(geometry, weights, packed[..geometry.PackedLength], group);
        PackedWeights.PackBias(geometry, biases.IsEmpty ? default : biases.Slice(group * geometry.Filters, geometry.Filters), packed[geometry.PackedLength..]);
    }

    private static void Run(
        in ConvolutionGeometry geometry, int group, Span<float> buffer, ReadOnlySpan<float> packed, ReadOnlySpan<float> images, bool relu, Span<float> output)
    {
        int items = images.Length / geometry.InputLength, first = group * geometry.Filters;
        for (int item = 0; item < items; item += geometry.Group)
        {
            int count = Math.Min(geometry.Group, items - item);
            BorderedImages.Copy(geometry, images.Slice(item * geometry.InputLength, count * geometry.InputLength), buffer, group);
            Convolution.Run(
                geometry, buffer, count, packed[..geometry.PackedLength], packed[geometry.PackedLength..], relu,
                output[((item * geometry.OutputLength) + first)..((item + count) * geometry.OutputLength)]);
        }
    }
}
