using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>GELU by a hyperbolic tangent: ½x · (1 + tanh(√(2/π) · (x + 0.044715x³))) (Hendrycks and Gimpel, 2016).</summary>
public static class TanhGELU
{
    // 2√(2/π), and the factor of the cube.
    private const float Scale = 1.59576912f, Cubic = 0.044715f;

    /// <summary>output = f(input) for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; not the input's, which backward reads.</param>
    public static void Forward(TrainingPass pass, int length, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Forward(pass, default(Rule), length, input, output);
    }

    /// <summary>inputGradient = f′ · outputGradient for the worker's shards, with f′ computed from the input.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, int input, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Backward(pass, default(Derivative), length, input, outputGradient, inputGradient);
    }

    /// <summary>output = f(input) for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, int input, int output) =>
        Activation.Infer(pass, default(Rule), length, input, output);

    // Beyond 30 the result is x or 0 and the cube could overflow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Twice(Vector256<float> x)
    {
        Vector256<float> far = Vector256.Create(30f);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, far), far, x);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, -far), -far, x);
        return x * Vectors.MultiplyAdd(x * x, Vector256.Create(Scale * Cubic), Vector256.Create(Scale));
    }

    private readonly struct Rule : IUnaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) =>
            x * Exponential.Sigmoid(Twice(x));
    }

    private readonly struct Derivative : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x, Vector256<float> gradient)
        {
            // ½ (1 + tanh u) is the logistic function s of 2u, so that the slope is s + x·s·(1 − s)·(2u)′.
            Vector256<float> s = Exponential.Sigmoid(Twice(x));
            Vector256<float> slope = Vectors.MultiplyAdd(x * x, Vector256.Create(3 * Scale * Cubic), Vector256.Create(Scale));
            return gradient * Vectors.MultiplyAdd(x * s * (Vector256<float>.One - s), slope, s);
        }
    }
}
