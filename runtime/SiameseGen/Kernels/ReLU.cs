using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The rectifier max(0, x) (Nair and Hinton, 2010). Its gradient at 0 is 0.</summary>
public static class ReLU
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

    // Compare and select: what is not a number stays so, and −0 becomes 0, on any hardware.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Of(Vector256<float> x) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), Vector256<float>.Zero, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Back(Vector256<float> y, Vector256<float> gradient) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(y, Vector256<float>.Zero), Vector256<float>.Zero, gradient);

    private readonly struct Rule : IUnaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) => Of(x);
    }

    private readonly struct Derivative : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> y, Vector256<float> gradient) => Back(y, gradient);
    }
}
