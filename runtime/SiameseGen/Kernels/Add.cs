using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The sum of two branches. The gradient of each is that of the sum, so there is no backward pass.</summary>
public static class Add
{
    /// <summary>output = input + branch for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of one branch.</param>
    /// <param name="branch">Offset of the other.</param>
    /// <param name="output">Offset of the output; may be that of either.</param>
    public static void Forward(TrainingPass pass, int length, int input, int branch, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Sums.Of(pass, length, input, branch, output);
    }

    /// <summary>output = input + branch for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="input">Offset of one branch.</param>
    /// <param name="branch">Offset of the other.</param>
    /// <param name="output">Offset of the output; may be that of either.</param>
    public static void Infer(InferencePass pass, int length, int input, int branch, int output) =>
        Elements.Map(default(Sums), pass.Activations(input, length), pass.Activations(branch, length), pass.Activations(output, length));
}

/// <summary>a + b.</summary>
internal readonly struct Sums : IBinaryRule
{
    /// <summary>Adds what is at two offsets, for the worker's shards.</summary>
    public static void Of(TrainingPass pass, int length, int first, int second, int sum)
    {
        foreach (Shard shard in pass.Shards)
        {
            Elements.Map(
                default(Sums), pass.Activations(first, length, shard), pass.Activations(second, length, shard), pass.Activations(sum, length, shard));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a + b;
}
