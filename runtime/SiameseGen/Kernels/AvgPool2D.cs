using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The mean of each window.</summary>
public static class AvgPool2D
{
    /// <summary>Pools the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward(TrainingPass pass, in Pool2DShape shape, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Gather(shape, pass.Activations(input, shape.InputLength, shard), pass.Activations(output, shape.OutputLength, shard));
    }

    /// <summary>Spreads each output's gradient over its window.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten.</param>
    public static void Backward(TrainingPass pass, in Pool2DShape shape, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Scatter(shape, pass.Activations(outputGradient, shape.OutputLength, shard), pass.Activations(inputGradient, shape.InputLength, shard));
    }

    /// <summary>Pools all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Infer(InferencePass pass, in Pool2DShape shape, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        Gather(shape, pass.Activations(input, shape.InputLength), pass.Activations(output, shape.OutputLength));
    }

    private static void Gather(in Pool2DShape shape, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        Vector256<float> size = Vector256.Create((float)(shape.WindowHeight * shape.WindowWidth));
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputs.Length; image += shape.InputLength)
        {
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++, at += channels)
                {
                    int window = image + shape.WindowStart(row, column);
                    for (int c = 0; c < channels; c += Lanes.Count)
                        Lanes.Store(Sum(shape, ref x, window + c, channels - c) / size, ref y, at + c, channels - c);
                }
            }
        }
    }

    private static void Scatter(in Pool2DShape shape, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        ref float dy = ref MemoryMarshal.GetReference(outputGradients), dx = ref MemoryMarshal.GetReference(inputGradients);
        Vector256<float> size = Vector256.Create((float)(shape.WindowHeight * shape.WindowWidth));
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputGradients.Length; image += shape.InputLength)
        {
            inputGradients.Slice(image, shape.InputLength).Clear();
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++, at += channels)
                {
                    int window = image + shape.WindowStart(row, column);
                    for (int c = 0; c < channels; c += Lanes.Count)
                        AddToAll(shape, Lanes.Load(ref dy, at + c, channels - c) / size, ref dx, window + c, channels - c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum(in Pool2DShape shape, ref float x, int window, int lanes)
    {
        Vector256<float> sum = default;
        for (int row = 0; row < shape.WindowHeight; row++, window += shape.Width * shape.Channels)
        {
            for (int column = 0; column < shape.WindowWidth; column++)
                sum += Lanes.Load(ref x, window + (column * shape.Channels), lanes);
        }

        return sum;
    }

    // Windows may overlap, so gradients add up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToAll(in Pool2DShape shape, Vector256<float> share, ref float dx, int window, int lanes)
    {
        for (int row = 0; row < shape.WindowHeight; row++, window += shape.Width * shape.Channels)
        {
            for (int column = 0; column < shape.WindowWidth; column++)
            {
                int at = window + (column * shape.Channels);
                Lanes.Store(Lanes.Load(ref dx, at, lanes) + share, ref dx, at, lanes);
            }
        }
    }
}
