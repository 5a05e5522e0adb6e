using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The logistic function 1 / (1 + e⁻ˣ), with derivative y · (1 − y).</summary>
public static class Sigmoid
{
    /// <summary>output = f(input) for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int length, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Forward(pass, default(Rule), length, input, output);
    }

    /// <summary>inputGradient = f′ · outputGradient for the worker's shards, with f′ computed from the output.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="output">Offset of the output.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, int output, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Backward(pass, default(Derivative), length, output, outputGradient, inputGradient);
    }

    /// <summary>output = f(input) for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, int input, int output) =>
        Activation.Infer(pass, default(Rule), length, input, output);

    private readonly struct Rule : IUnaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) =>
            Exponential.Sigmoid(x);
    }

    private readonly struct Derivative : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> y, Vector256<float> gradient) =>
            gradient * (y * (Vector256<float>.One - y));
    }
}
