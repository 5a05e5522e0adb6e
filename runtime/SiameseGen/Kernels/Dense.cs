namespace SiameseGen.Kernels;

/// <summary>The shape of a dense layer.</summary>
/// <param name="Inputs">Floats of an input.</param>
/// <param name="Outputs">Floats of an output.</param>
public readonly record struct DenseShape(int Inputs, int Outputs)
{
    /// <summary>Floats in the weights: inputs × outputs, outputs innermost.</summary>
    public int WeightLength => Inputs * Outputs;

    // Its weights are packed as those of a convolution of images of one pixel: items take the place of pixels.
    internal Conv2DShape AsConvolution => new(1, 1, Inputs, Outputs, 1, 1, 1, 0, 0, 1, 1);

    // The layer that the gradient of the input is the output of.
    internal DenseShape Transposed => new(Outputs, Inputs);

    internal int Panels => (Outputs + ConvolutionGeometry.PanelWidth - 1) / ConvolutionGeometry.PanelWidth;

    internal int PanelLength => Inputs * ConvolutionGeometry.PanelWidth;
}

/// <summary>A dense, fully connected layer: y[o] = b[o] + Σ x[i] · w[i, o].</summary>
public static class Dense
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    public static int TrainingScratch(in DenseShape shape)
    {
        int products = Math.Max(DenseProducts.ScratchLength(shape), DenseProducts.ScratchLength(shape.Transposed));
        return Math.Max(products, Math.Max(DenseWeightGradient.ScratchLength(shape), shape.Outputs));
    }

    /// <summary>Floats of prepared weights and biases.</summary>
    /// <param name="shape">The shape.</param>
    public static int PreparedLength(in DenseShape shape) => Conv2D.PreparedLength(shape.AsConvolution);

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in DenseShape shape, int input, int weight, int bias, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ReadOnlySpan<float> biases = bias < 0 ? default : pass.Parameters(bias, shape.Outputs);
        DenseProducts.Run(pass, shape, input, pass.Parameters(weight, shape.WeightLength), transposed: false, biases, output);
    }

    /// <summary>Adds the gradients of biases and computes the gradient of the input, for the worker's shards, and adds the worker's part of the whole batch's gradient of weights.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    public static void Backward(TrainingPass pass, in DenseShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        pass.Synchronize();
        DenseWeightGradient.Add(pass, shape, input, weight, outputGradient);
        if (bias >= 0)
        {
            Span<float> sums = pass.Scratch(shape.Outputs);
            foreach (Shard shard in pass.Shards)
                BiasGradient.Add(pass.Activations(outputGradient, shape.Outputs, shard), sums, pass.Gradients(shard, bias, shape.Outputs));
        }

        if (inputGradient >= 0)
            DenseProducts.Run(pass, shape.Transposed, outputGradient, pass.Parameters(weight, shape.WeightLength), transposed: true, default, inputGradient);

        // Another worker may still read what the next layer writes over.
        pass.Synchronize();
    }

    /// <summary>Packs the weights for inference, with a batch normalisation folded into them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weight">Offset of the weights.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="fold">The batch normalisation that follows, or <see cref="BatchNormFold.None"/>.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    public static void Prepare(Parameters parameters, in DenseShape shape, int weight, int bias, in BatchNormFold fold, Span<float> prepared) =>
        Conv2D.Prepare(parameters, shape.AsConvolution, weight, bias, fold, prepared);

    /// <summary>Computes the outputs of all items with prepared weights.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of the prepared weights.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Infer(InferencePass pass, in DenseShape shape, int input, int prepared, bool relu, int output)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape.AsConvolution);
        DenseProducts.Run(
            shape, pass.Activations(input, shape.Inputs), pass.Prepared(prepared, geometry.PackedLength),
            pass.Prepared(prepared + geometry.PackedLength, geometry.BiasLength), relu, pass.Activations(output, shape.Outputs));
    }
}
