using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// In training, each value becomes 0 with a probability, and the others are divided by one minus it (Srivastava et al., 2014, in the inverted form that
/// leaves inference alone). Backward draws the same numbers again instead of keeping a mask.
/// </summary>
public static class Dropout
{
    private const int ItemBits = 20;

    /// <summary>Drops values of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="rate">The probability, at least 0 and less than 1.</param>
    /// <param name="layer">A number of the layer's own, 0 to 4095.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int length, float rate, int layer, int input, int output) =>
        Apply(pass, length, rate, layer, input, output);

    /// <summary>Drops the gradients of the values that forward dropped.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="rate">The probability.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int length, float rate, int layer, int outputGradient, int inputGradient) =>
        Apply(pass, length, rate, layer, outputGradient, inputGradient);

    /// <summary>The numbers that decide about one item, one a value: what is below the rate is dropped.</summary>
    internal static CounterRandom Mask(ulong seed, ulong step, int layer, int item) =>
        new(seed, CounterRandom.Purpose.Dropout, ((uint)layer << ItemBits) | (uint)item, step);

    private static void Apply(TrainingPass pass, int length, float rate, int layer, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(pass);
        float scale = 1f / (1f - rate);
        foreach (Shard shard in pass.Shards)
        {
            Span<float> source = pass.Activations(from, length, shard), target = pass.Activations(to, length, shard);
            for (int item = 0; item < shard.Items; item++)
            {
                CounterRandom random = Mask(pass.Seed, pass.Step, layer, shard.Start + item);
                ref float x = ref MemoryMarshal.GetReference(source.Slice(item * length, length));
                ref float y = ref MemoryMarshal.GetReference(target.Slice(item * length, length));
                int i = 0;
                for (; i <= length - Lanes.Count; i += Lanes.Count)
                    Drop(ref random, rate, scale, Vector256.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
                if (i < length)
                    SomeLanes.Store(Drop(ref random, rate, scale, SomeLanes.Load(ref x, i, length - i)), ref y, i, length - i);
            }
        }
    }

    /// <summary>What the next eight values are multiplied by: 0, or one over the share that is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Factors(ref CounterRandom random, float rate) => Drop(ref random, rate, 1f / (1f - rate), Vector256<float>.One);

    // Selects rather than branches, which no processor could predict.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Drop(ref CounterRandom random, float rate, float scale, Vector256<float> values)
    {
        Eight numbers = default;
        for (int i = 0; i < Lanes.Count; i++)
            numbers[i] = random.NextSingle();
        Vector256<float> dropped = Vector256.LessThan(Vector256.LoadUnsafe(ref numbers[0]), Vector256.Create(rate));
        return Vector256.ConditionalSelect(dropped, Vector256<float>.Zero, values * scale);
    }

    [InlineArray(Lanes.Count)]
    private struct Eight
    {
        private float _first;
    }
}
