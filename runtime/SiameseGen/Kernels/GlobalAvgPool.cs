using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The mean of each channel over the whole image (Lin, Chen and Yan, 2013).</summary>
public static class GlobalAvgPool
{
    /// <summary>Pools the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output, one float a channel.</param>
    public static void Forward(TrainingPass pass, int pixels, int channels, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Gather(pixels, channels, pass.Activations(input, pixels * channels, shard), pass.Activations(output, channels, shard));
    }

    /// <summary>Spreads each output's gradient over the image.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten.</param>
    public static void Backward(TrainingPass pass, int pixels, int channels, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Scatter(pixels, channels, pass.Activations(outputGradient, channels, shard), pass.Activations(inputGradient, pixels * channels, shard));
    }

    /// <summary>Pools all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output, one float a channel.</param>
    public static void Infer(InferencePass pass, int pixels, int channels, int input, int output) =>
        Gather(pixels, channels, pass.Activations(input, pixels * channels), pass.Activations(output, channels));

    private static void Gather(int pixels, int channels, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        Vector256<float> size = Vector256.Create((float)pixels);
        for (int at = 0, image = 0; at < outputs.Length; at += channels, image += pixels * channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                (Sum<WholeLanes>(pixels, channels, ref x, image, c) / size).StoreUnsafe(ref y, (nuint)(at + c));
            if (c < channels)
                SomeLanes.Store(Sum<SomeLanes>(pixels, channels, ref x, image, c) / size, ref y, at + c, channels - c);
        }
    }

    private static void Scatter(int pixels, int channels, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        for (int at = 0, image = 0; at < outputGradients.Length; at += channels, image += pixels * channels)
        {
            Span<float> first = inputGradients.Slice(image, channels);
            Elements.Map(new Share(pixels), outputGradients.Slice(at, channels), first);
            for (int pixel = 1; pixel < pixels; pixel++)
                first.CopyTo(inputGradients.Slice(image + (pixel * channels), channels));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum<TLanes>(int pixels, int channels, ref float x, int image, int channel)
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        int at = image + channel;
        for (int pixel = 0; pixel < pixels; pixel++, at += channels)
            sum += TLanes.Load(ref x, at, channels - channel);
        return sum;
    }

    private readonly struct Share(int pixels) : IUnaryRule
    {
        private readonly Vector256<float> _pixels = Vector256.Create((float)pixels);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x) => x / _pixels;
    }
}
