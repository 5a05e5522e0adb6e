namespace SiameseGen.Kernels;

/// <summary>
/// The convolution of <see cref="WinogradConv2D"/> in training, whose gradients are computed as F(6×6, 3×3): 64 products in place of 324 (Winograd, "Arithmetic
/// Complexity of Computations", 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016). Small images are handled in mosaics of two by two
/// or three by three, so that little is computed in vain. What else a mosaic shows enters into rounding, so gradients differ by about a hundred thousandth of
/// the largest one of their mosaic. Outputs do not: an image's are those of <see cref="WinogradConv2D"/>, whatever else is in the batch, so that equal
/// images have equal embeddings.
/// </summary>
public static class MosaicConv2D
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static int TrainingScratch(in Conv2DShape shape) =>
        Math.Max(WinogradConv2D.TrainingScratch(shape), WinogradTraining.ScratchLength(shape, WinogradGeometry.Six));

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The kernel is not 3×3, or the stride not 1.</exception>
    public static void Forward(TrainingPass pass, in Conv2DShape shape, int input, int weight, int bias, int output) =>
        WinogradConv2D.Forward(pass, shape, input, weight, bias, output);

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
        WinogradTraining.Backward(pass, shape, WinogradGeometry.Six, input, weight, bias, outputGradient, inputGradient);
    }
}
