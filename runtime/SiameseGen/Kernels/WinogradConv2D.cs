namespace SiameseGen.Kernels;

/// <summary>
/// The convolution of <see cref="Conv2D"/> for 3×3 kernels with stride 1, computed as F(4×4, 3×3), 36 products of transformed inputs and weights in place of
/// 144, and in training also as F(6×6, 3×3), 64 in place of 324; what remains of an image in smaller tiles (Winograd, "Arithmetic Complexity of
/// Computations", 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). Sums are rounded elsewhere than in the plain
/// convolution, so results differ by about a hundred thousandth of the largest output.
/// </summary>
public static class WinogradConv2D
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static int TrainingScratch(in Conv2DShape shape) => WinogradTraining.ScratchLength(shape);

    /// <summary>Floats of scratch at inference.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static int InferenceScratch(in Conv2DShape shape, int items = int.MaxValue) =>
        Math.Max(WinogradWorkspace.Length(WinogradGeometry.ForInference(shape, items)), WinogradWorkspace.Length(WinogradGeometry.ForInference(shape.AsPooled, items)));

    /// <summary>Floats of prepared weights and biases.</summary>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static int PreparedLength(in Conv2DShape shape)
    {
        WinogradGeometry geometry = WinogradGeometry.ForInference(shape);
        return geometry.WeightsLength + geometry.PaddedFilters;
    }

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static void Forward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        WinogradTraining.Forward(pass, shape, input, weight, bias, output);
    }

    /// <summary>Adds the gradients of weights and biases, and computes the gradient of the input, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static void Backward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        WinogradTraining.Backward(pass, shape, input, weight, bias, outputGradient, inputGradient);
    }

    /// <summary>Transforms the weights for inference, with a batch normalisation folded into them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weight">Offset of the weights.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="fold">The batch normalisation that follows, or <see cref="BatchNormFold.None"/>.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static void Prepare(Parameters parameters, in Conv2DShape shape, int weight, int bias, in BatchNormFold fold, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        WinogradGeometry geometry = WinogradGeometry.ForInference(shape);
        Span<float> weights = prepared[..geometry.WeightsLength], biases = prepared.Slice(geometry.WeightsLength, geometry.PaddedFilters);
        WinogradWeights.Load(geometry, parameters.Values.Slice(weight, shape.WeightLength), weights);
        biases.Clear();
        if (bias >= 0)
            parameters.Values.Slice(bias, shape.Filters).CopyTo(biases);
        if (!fold.IsNone)
            WinogradWeights.Fold(geometry, parameters, fold, weights, biases);
        WinogradWeights.Transform(geometry, weights);
    }

    /// <summary>Computes the outputs of all items with prepared weights.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of the prepared weights.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 maximum pooling follows, after the rectifier; the output is the pooled one then.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static void Infer(InferencePass pass, in Conv2DShape shape, int input, int prepared, bool relu, bool pool, int output)
    {
        WinogradGeometry geometry = WinogradGeometry.ForInference(pool ? shape.AsPooled : shape, pass.Items);
        Run(
            geometry, new WinogradWorkspace(geometry, pass.Scratch(WinogradWorkspace.Length(geometry))), pass.Prepared(prepared, geometry.WeightsLength),
            pass.Prepared(prepared + geometry.WeightsLength, geometry.PaddedFilters), pass.Activations(input, geometry.InputLength), relu, pool,
            pass.Activations(output, geometry.OutputLength / (pool ? 4 : 1)));
    }

    /// <summary>Convolves images with transformed weights.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="memory">What is computed on the way.</param>
    /// <param name="weights">Transformed weights.</param>
    /// <param name="bias">Biases, padded.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 maximum pooling follows.</param>
    /// <param name="output">Receives the outputs.</param>
    internal static void Run(
        in WinogradGeometry geometry, in WinogradWorkspace memory, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> images, bool relu,
        bool pool, Span<float> output)
    {
        int outputLength = geometry.OutputLength / (pool ? 4 : 1), items = images.Length / geometry.InputLength;
        for (int item = 0; item < items; item += geometry.Group)
        {
            int count = Math.Min(geometry.Group, items - item);
            WinogradInputs.Transform(geometry, images.Slice(item * geometry.InputLength, count * geometry.InputLength), count, memory.Inputs);
            Span<float> outputs = output.Slice(item * outputLength, count * outputLength);

            // Panels write one cache line here and one there. Memory brings those one by one, but all of them faster in one sweep.
            outputs.Clear();
            for (int panel = 0, panels; panel < geometry.Panels; panel += panels)
            {
                panels = Math.Min(RegisterTiles.Panels, geometry.Panels - panel);
                ReadOnlySpan<float> panelWeights = weights.Slice(panel * geometry.PanelLength, panels * geometry.PanelLength);
                WinogradProducts.Multiply(geometry, memory.Inputs, count, panelWeights, panels, memory.Products);
                for (int i = 0, first = panel * ConvolutionGeometry.PanelWidth; i < panels; i++, first += ConvolutionGeometry.PanelWidth)
                    WinogradOutputs.Transform(geometry, memory.Products[(i * geometry.OutputsLength)..], bias[first..], first, count, relu, pool, outputs);
            }
        }
    }
}
