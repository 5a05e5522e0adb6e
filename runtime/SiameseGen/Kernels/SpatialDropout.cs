using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// In training, each channel of an image becomes 0 with a probability, and the others are divided by one minus it (Tompson et al., 2015). Backward draws the same
/// numbers again instead of keeping a mask.
/// </summary>
public static class SpatialDropout
{
    /// <summary>Drops channels of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="rate">The probability, at least 0 and less than 1.</param>
    /// <param name="layer">A number of the layer's own, 0 to 4095.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int pixels, int channels, float rate, int layer, int input, int output) =>
        Apply(pass, pixels, channels, rate, layer, input, output);

    /// <summary>Drops the gradients of the channels that forward dropped.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="rate">The probability.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's.</param>
    public static void Backward(TrainingPass pass, int pixels, int channels, float rate, int layer, int outputGradient, int inputGradient) =>
        Apply(pass, pixels, channels, rate, layer, outputGradient, inputGradient);

    private static void Apply(TrainingPass pass, int pixels, int channels, float rate, int layer, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(pass);
        int length = pixels * channels;
        foreach (Shard shard in pass.Shards)
        {
            Span<float> source = pass.Activations(from, length, shard), target = pass.Activations(to, length, shard);
            for (int item = 0; item < shard.Items; item++)
            {
                CounterRandom random = Dropout.Mask(pass.Seed, pass.Step, layer, shard.Start + item);
                ref float x = ref MemoryMarshal.GetReference(source.Slice(item * length, length));
                ref float y = ref MemoryMarshal.GetReference(target.Slice(item * length, length));
                int c = 0;
                for (; c <= channels - Lanes.Count; c += Lanes.Count)
                    Apply<WholeLanes>(Dropout.Factors(ref random, rate), length, channels, ref x, ref y, c);
                if (c < channels)
                    Apply<SomeLanes>(Dropout.Factors(ref random, rate), length, channels, ref x, ref y, c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply<TLanes>(Vector256<float> factors, int length, int channels, ref float x, ref float y, int channel)
        where TLanes : struct, ILanes
    {
        for (int at = channel; at < length; at += channels)
            TLanes.Store(TLanes.Load(ref x, at, channels - channel) * factors, ref y, at, channels - channel);
    }
}
