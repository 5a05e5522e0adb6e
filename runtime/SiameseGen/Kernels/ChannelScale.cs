using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Each channel of an image times a number of its own (Hu, Shen and Sun, 2018): the numbers are the other branch.</summary>
public static class ChannelScale
{
    /// <summary>output = input · branch for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the images.</param>
    /// <param name="branch">Offset of the factors, one float a channel.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Forward(TrainingPass pass, int pixels, int channels, int input, int branch, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        int length = pixels * channels;
        foreach (Shard shard in pass.Shards)
            Scale(length, channels, pass.Activations(input, length, shard), pass.Activations(branch, channels, shard), pass.Activations(output, length, shard));
    }

    /// <summary>inputGradient = outputGradient · branch, and branchGradient = the sum of outputGradient · input over the pixels, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the images.</param>
    /// <param name="branch">Offset of the factors.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the images, overwritten; −1 when nobody wants it.</param>
    /// <param name="branchGradient">Offset of the gradient of the factors, overwritten; −1 when nobody wants it.</param>
    public static void Backward(
        TrainingPass pass, int pixels, int channels, int input, int branch, int outputGradient, int inputGradient, int branchGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        int length = pixels * channels;
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> gradients = pass.Activations(outputGradient, length, shard);
            if (branchGradient >= 0)
                SumProducts(length, channels, pass.Activations(input, length, shard), gradients, pass.Activations(branchGradient, channels, shard));
            if (inputGradient >= 0)
                Scale(length, channels, gradients, pass.Activations(branch, channels, shard), pass.Activations(inputGradient, length, shard));
        }
    }

    /// <summary>output = input · branch for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the images.</param>
    /// <param name="branch">Offset of the factors, one float a channel.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int pixels, int channels, int input, int branch, int output)
    {
        int length = pixels * channels;
        Scale(length, channels, pass.Activations(input, length), pass.Activations(branch, channels), pass.Activations(output, length));
    }

    private static void Scale(int length, int channels, ReadOnlySpan<float> images, ReadOnlySpan<float> factors, Span<float> outputs)
    {
        for (int image = 0, factor = 0; image < images.Length; image += length, factor += channels)
        {
            for (int pixel = image; pixel < image + length; pixel += channels)
                Elements.Map(default(Products), images.Slice(pixel, channels), factors.Slice(factor, channels), outputs.Slice(pixel, channels));
        }
    }

    private static void SumProducts(int length, int channels, ReadOnlySpan<float> images, ReadOnlySpan<float> gradients, Span<float> sums)
    {
        ref float x = ref MemoryMarshal.GetReference(images), g = ref MemoryMarshal.GetReference(gradients), y = ref MemoryMarshal.GetReference(sums);
        for (int image = 0, at = 0; image < images.Length; image += length, at += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                SumProducts<WholeLanes>(length, channels, ref x, ref g, image, c).StoreUnsafe(ref y, (nuint)(at + c));
            if (c < channels)
                SomeLanes.Store(SumProducts<SomeLanes>(length, channels, ref x, ref g, image, c), ref y, at + c, channels - c);
        }
    }

    // Pixel after pixel: one order for each channel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SumProducts<TLanes>(int length, int channels, ref float x, ref float g, int image, int channel)
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        for (int at = image + channel; at < image + length; at += channels)
            sum = Vectors.MultiplyAdd(TLanes.Load(ref x, at, channels - channel), TLanes.Load(ref g, at, channels - channel), sum);
        return sum;
    }

    private readonly struct Products : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => a * b;
    }
}
