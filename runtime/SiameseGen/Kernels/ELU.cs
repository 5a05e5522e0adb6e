using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The exponential linear unit: x above 0, alpha · (eˣ − 1) elsewhere (Clevert, Unterthiner and Hochreiter, 2016). Its gradient at 0 is alpha.</summary>
/// <remarks>Backward tells the side from the sign of the output, so alpha must not be negative.</remarks>
public static class ELU
{
    /// <summary>output = f(input) for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="alpha">What the function tends to on the left, negated; 0 or more.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int length, float alpha, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Forward(pass, new Rule(alpha), length, input, output);
    }

    /// <summary>inputGradient = f′ · outputGradient for the worker's shards, with f′ computed from the output.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="alpha">What the function tends to on the left, negated; 0 or more.</param>
    /// <param name="output">Offset of the output.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, float alpha, int output, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Backward(pass, new Derivative(alpha), length, output, outputGradient, inputGradient);
    }

    /// <summary>output = f(input) for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="alpha">What the function tends to on the left, negated; 0 or more.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, float alpha, int input, int output) =>
        Activation.Infer(pass, new Rule(alpha), length, input, output);

    private readonly struct Rule(float alpha) : IUnaryRule
    {
        private readonly Vector256<float> _alpha = Vector256.Create(alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, Exponential.MinusOne(x) * _alpha);
    }

    private readonly struct Derivative(float alpha) : IBinaryRule
    {
        private readonly Vector256<float> _alpha = Vector256.Create(alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> y, Vector256<float> gradient) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), gradient, gradient * (y + _alpha));
    }
}
