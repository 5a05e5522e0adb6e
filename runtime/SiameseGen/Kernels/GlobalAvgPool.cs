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
    public static void Infer(InferencePass pass, int pixels, int channels, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Gather(pixels, channels, pass.Activations(input, pixels * channels), pass.Activations(output, channels));
    }

    private static void Gather(int pixels, int channels, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        Vector256<float> size = Vector256.Create((float)pixels);
        for (int image = 0; image < outputs.Length; image += channels)
        {
            for (int c = 0; c < channels; c += Lanes.Count)
            {
                Vector256<float> sum = default;
                for (int pixel = 0; pixel < pixels; pixel++)
                    sum += Lanes.Load(ref x, (((image / channels * pixels) + pixel) * channels) + c, channels - c);
                Lanes.Store(sum / size, ref y, image + c, channels - c);
            }
        }
    }

    private static void Scatter(int pixels, int channels, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        ref float dy = ref MemoryMarshal.GetReference(outputGradients), dx = ref MemoryMarshal.GetReference(inputGradients);
        Vector256<float> size = Vector256.Create((float)pixels);
        for (int image = 0; image < outputGradients.Length; image += channels)
        {
            for (int c = 0; c < channels; c += Lanes.Count)
            {
                Vector256<float> share = Lanes.Load(ref dy, image + c, channels - c) / size;
                for (int pixel = 0; pixel < pixels; pixel++)
                    Lanes.Store(share, ref dx, (((image / channels * pixels) + pixel) * channels) + c, channels - c);
            }
        }
    }
}
