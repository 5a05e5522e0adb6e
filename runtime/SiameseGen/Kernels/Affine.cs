using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Every value times a constant plus another: what preprocessing does to pixels.</summary>
public static class Affine
{
    /// <summary>output = scale · input + offset for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int length, float scale, float offset, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Forward(pass, new Rule(scale, offset), length, input, output);
    }

    /// <summary>inputGradient = scale · outputGradient for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, float scale, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Activation.Forward(pass, new Rule(scale, 0f), length, outputGradient, inputGradient);
    }

    /// <summary>output = scale · input + offset for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, float scale, float offset, int input, int output) =>
        Activation.Infer(pass, new Rule(scale, offset), length, input, output);

    private readonly struct Rule(float scale, float offset) : IUnaryRule
    {
        private readonly Vector256<float> _scale = Vector256.Create(scale);
        private readonly Vector256<float> _offset = Vector256.Create(offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) => Vectors.MultiplyAdd(x, _scale, _offset);
    }
}
