using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Scales each item to length 1: x / max(‖x‖, 10⁻¹²).</summary>
public static class L2Normalize
{
    private const float Smallest = 1e-12f;

    /// <summary>Normalises the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; not the input's, which backward needs.</param>
    public static void Forward(TrainingPass pass, int length, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Normalize(length, pass.Activations(input, length, shard), pass.Activations(output, length, shard));
    }

    /// <summary>dx = (dy − y · (y · dy)) / ‖x‖: what changes only the length is lost. Of a shorter vector than 10⁻¹², dx = dy / 10⁻¹².</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, int input, int output, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
        {
            Span<float> x = pass.Activations(input, length, shard), y = pass.Activations(output, length, shard);
            Span<float> dy = pass.Activations(outputGradient, length, shard), dx = pass.Activations(inputGradient, length, shard);
            for (int at = 0; at < x.Length; at += length)
            {
                float norm = Norm(x.Slice(at, length));
                ReadOnlySpan<float> direction = y.Slice(at, length), slope = dy.Slice(at, length);
                float along = norm > Smallest ? LaneSums.Product(direction, slope) : 0f;
                Elements.Map(new Across(along, norm), direction, slope, dx.Slice(at, length));
            }
        }
    }

    /// <summary>Normalises all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, int input, int output) =>
        Normalize(length, pass.Activations(input, length), pass.Activations(output, length));

    private static void Normalize(int length, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int at = 0; at < outputs.Length; at += length)
        {
            ReadOnlySpan<float> x = inputs.Slice(at, length);
            Elements.Map(new Quotient(Norm(x)), x, outputs.Slice(at, length));
        }
    }

    // In this form a norm that is not a number stays so.
    private static float Norm(ReadOnlySpan<float> x)
    {
        float norm = MathF.Sqrt(LaneSums.Product(x, x));
        return norm <= Smallest ? Smallest : norm;
    }

    private readonly struct Quotient(float norm) : IUnaryRule
    {
        private readonly Vector256<float> _norm = Vector256.Create(norm);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) => x / _norm;
    }

    private readonly struct Across(float along, float norm) : IBinaryRule
    {
        private readonly Vector256<float> _along = Vector256.Create(-along);
        private readonly Vector256<float> _norm = Vector256.Create(norm);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> y, Vector256<float> gradient) => Vectors.MultiplyAdd(y, _along, gradient) / _norm;
    }
}
