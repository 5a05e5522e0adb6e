using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Two-dimensional convolution (as everywhere in machine learning a cross-correlation) over channels-last images:
/// y[oy, ox, f] = b[f] + Σ x[oy·s + ky·d − top, ox·s + kx·d − left, c] · w[ky, kx, c, f], zeros outside of the image
/// (LeCun et al., "Backpropagation Applied to Handwritten Zip Code Recognition", 1989).
/// </summary>
public static class Conv2D
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    public static int TrainingScratch(in Conv2DShape shape)
    {
        ConvolutionGeometry forward = ConvolutionGeometry.Of(shape), gradient = ConvolutionGeometry.OfInputGradient(shape);
        int weights = forward.BufferLength + Math.Max(forward.PackedLength + forward.BiasLength, forward.PanelsLength + forward.PositionsLength);
        return Math.Max(weights, gradient.BufferLength + gradient.PackedLength + gradient.BiasLength);
    }

    /// <summary>Floats of scratch at inference.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public static int InferenceScratch(in Conv2DShape shape, int items = int.MaxValue)
    {
        ConvolutionGeometry pooled = ConvolutionGeometry.Of(shape.AsPooled, items: items);
        int strips = shape.IsPoolable ? pooled.StripsLength : 0;
        return Math.Max(ConvolutionGeometry.Of(shape, items: items).BufferLength, pooled.BufferLength + strips);
    }

    /// <summary>Floats of prepared weights and biases.</summary>
    /// <param name="shape">The shape.</param>
    public static int PreparedLength(in Conv2DShape shape)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        return geometry.PackedLength + geometry.BiasLength;
    }

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        Memory memory = new(geometry, pass.Scratch(TrainingScratch(shape)));
        PackedWeights.Pack(geometry, pass.Parameters(weight, shape.WeightLength), memory.Weights);
        PackedWeights.PackBias(geometry, bias < 0 ? default : pass.Parameters(bias, shape.Filters), memory.Bias);
        foreach (Shard shard in pass.Shards)
            Run(geometry, memory, pass.Activations(input, shape.InputLength, shard), false, pass.Activations(output, shape.OutputLength, shard));
    }

    /// <summary>Adds the gradients of weights and biases, and computes the gradient of the input, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    public static void Backward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        AddParameterGradients(pass, shape, input, weight, bias, outputGradient);
        if (inputGradient < 0)
            return;
        ConvolutionGeometry geometry = ConvolutionGeometry.OfInputGradient(shape);
        Memory memory = new(geometry, pass.Scratch(TrainingScratch(shape)));
        PackedWeights.PackRotated(geometry, pass.Parameters(weight, shape.WeightLength), memory.Weights);
        memory.Bias.Clear();
        foreach (Shard shard in pass.Shards)
        {
            Run(
                geometry, memory, pass.Activations(outputGradient, shape.OutputLength, shard), false,
                pass.Activations(inputGradient, shape.InputLength, shard));
        }
    }

    /// <summary>Packs the weights for inference, with a batch normalisation folded into them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weight">Offset of the weights.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="fold">The batch normalisation that follows, or <see cref="BatchNormFold.None"/>.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    public static void Prepare(Parameters parameters, in Conv2DShape shape, int weight, int bias, in BatchNormFold fold, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        Span<float> packed = prepared[..geometry.PackedLength], biases = prepared.Slice(geometry.PackedLength, geometry.BiasLength);
        PackedWeights.Pack(geometry, parameters.Values.Slice(weight, shape.WeightLength), packed);
        PackedWeights.PackBias(geometry, bias < 0 ? default : parameters.Values.Slice(bias, shape.Filters), biases);
        if (!fold.IsNone)
            PackedWeights.Fold(geometry, parameters, fold, packed, biases);
    }

    /// <summary>Computes the outputs of all items with prepared weights.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of the prepared weights.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 maximum pooling follows, after the rectifier; the output is the pooled one then.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Infer(InferencePass pass, in Conv2DShape shape, int input, int prepared, bool relu, bool pool, int output)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(pool ? shape.AsPooled : shape, items: pass.Items);
        ReadOnlySpan<float> weights = pass.Prepared(prepared, geometry.PackedLength);
        ReadOnlySpan<float> bias = pass.Prepared(prepared + geometry.PackedLength, geometry.BiasLength);
        Span<float> buffer = pass.Scratch(InferenceScratch(shape, pass.Items)), strips = buffer[geometry.BufferLength..];
        buffer = buffer[..geometry.BufferLength];
        if (pool || !geometry.IsPointwise)
            buffer.Clear();
        ReadOnlySpan<float> images = pass.Activations(input, geometry.InputLength);
        if (pool)
            RunPooled(geometry, buffer, strips, weights, bias, images, relu, pass.Activations(output, geometry.OutputLength / 4));
        else
            Run(geometry, buffer, weights, bias, images, relu, pass.Activations(output, geometry.OutputLength));
    }

    private static void AddParameterGradients(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int outputGradient)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
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
                BorderedImages.Copy(geometry, inputs.Slice(item * shape.InputLength, count * shape.InputLength), buffer);
                int pixels = ConvolutionWeightGradient.Pack(
                    geometry, slopes.Slice(item * shape.OutputLength, count * shape.OutputLength), panels);
                ConvolutionWeightGradient.Add(geometry, buffer, panels, positions, pixels, weights);
                if (bias >= 0)
                    ConvolutionWeightGradient.AddBias(geometry, panels, pixels, pass.Gradients(shard, bias, shape.Filters));
            }
        }
    }

    private static void Run(in ConvolutionGeometry geometry, in Memory memory, ReadOnlySpan<float> images, bool relu, Span<float> output) =>
        Run(geometry, memory.Buffer, memory.Weights, memory.Bias, images, relu, output);

    private static void Run(
        in ConvolutionGeometry geometry, Span<float> buffer, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> images,
        bool relu, Span<float> output)
    {
        if (geometry.IsPointwise)
        {
            DenseProducts.Run(new DenseShape(geometry.Channels, geometry.Filters), images, weights, bias, relu, output);
            return;
        }

        int items = images.Length / geometry.InputLength;
        for (int item = 0; item < items; item += geometry.Group)
        {
            int count = Math.Min(geometry.Group, items - item);
            BorderedImages.Copy(geometry, images.Slice(item * geometry.InputLength, count * geometry.InputLength), buffer);
            Convolution.Run(
                geometry, buffer, count, weights, bias, relu, output.Slice(item * geometry.OutputLength, count * geometry.OutputLength));
        }
    }

    /// <summary>
    /// Convolves images and pools by windows of 2×2 what is computed while it is in the first-level cache: two rows of outputs, or a few small images.
    /// </summary>
    /// <param name="geometry">The convolution, as far as pooling reads it.</param>
    /// <param name="buffer">The bordered images, whose borders are zero.</param>
    /// <param name="strips">Scratch for outputs.</param>
    /// <param name="weights">Packed weights.</param>
    /// <param name="bias">Packed biases.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="relu">Whether a rectifier comes between.</param>
    /// <param name="output">Receives the pooled outputs.</param>
    /// <param name="marks">Receives marks of the chosen pixels (<see cref="MarkedMaxPool"/>, which rectifies itself); empty where nobody wants them.</param>
    internal static void RunPooled(
        in ConvolutionGeometry geometry, Span<float> buffer, Span<float> strips, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        ReadOnlySpan<float> images, bool relu, Span<float> output, Span<uint> marks = default)
    {
        ConvolutionGeometry strip = geometry.Strip;
        var pool = new Pool2DShape(strip.OutputHeight, strip.OutputWidth, strip.Filters, 2, 2, 2, strip.OutputHeight / 2, strip.OutputWidth / 2);
        int step = strip.OutputHeight * geometry.OutputRowStep, marksLength = MarkedMaxPool.MarksLength(pool);
        bool isMarked = !marks.IsEmpty;
        while (!images.IsEmpty)
        {
            int count = Math.Min(geometry.Group, images.Length / geometry.InputLength);
            BorderedImages.Copy(geometry, images[..(count * geometry.InputLength)], buffer);
            for (int row = 0, start = 0; row < geometry.OutputHeight; row += strip.OutputHeight, start += step)
            {
                Convolution.Run(strip, buffer[start..], count, weights, bias, relu, strips);
                ReadOnlySpan<float> outputs = strips[..(count * pool.InputLength)];
                if (isMarked)
                {
                    MarkedMaxPool.Pool(pool, outputs, output[..(count * pool.OutputLength)], marks);
                    marks = marks[(count * marksLength)..];
                }
                else
                {
                    MaxPool2D.Pool(pool, outputs, output[..(count * pool.OutputLength)]);
                }

                output = output[(count * pool.OutputLength)..];
            }

            images = images[(count * geometry.InputLength)..];
        }
    }

    // A worker's scratch while it convolves; the buffer's borders are zero from the start.
    private readonly ref struct Memory
    {
        public Memory(in ConvolutionGeometry geometry, Span<float> scratch)
        {
            Buffer = scratch[..geometry.BufferLength];
            Weights = scratch.Slice(geometry.BufferLength, geometry.PackedLength);
            Bias = scratch.Slice(geometry.BufferLength + geometry.PackedLength, geometry.BiasLength);
            Buffer.Clear();
        }

        public Span<float> Buffer { get; }

        public Span<float> Weights { get; }

        public Span<float> Bias { get; }
    }
}
