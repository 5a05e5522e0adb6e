using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The mean of each window, beyond the image's border of zeros that count.</summary>
public static class AvgPool2D
{
    /// <summary>Pools the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The shape has windows that see nothing of the image.</exception>
    public static void Forward(TrainingPass pass, in Pool2DShape shape, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        shape.EnsureWindowsInside();
        foreach (Shard shard in pass.Shards)
            Gather(shape, pass.Activations(input, shape.InputLength, shard), pass.Activations(output, shape.OutputLength, shard));
    }

    /// <summary>Spreads each output's gradient over its window.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten.</param>
    /// <exception cref="ArgumentException">The shape has windows that see nothing of the image.</exception>
    public static void Backward(TrainingPass pass, in Pool2DShape shape, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        shape.EnsureWindowsInside();
        foreach (Shard shard in pass.Shards)
            Scatter(shape, pass.Activations(outputGradient, shape.OutputLength, shard), pass.Activations(inputGradient, shape.InputLength, shard));
    }

    /// <summary>Pools all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The shape has windows that see nothing of the image.</exception>
    public static void Infer(InferencePass pass, in Pool2DShape shape, int input, int output)
    {
        shape.EnsureWindowsInside();
        Gather(shape, pass.Activations(input, shape.InputLength), pass.Activations(output, shape.OutputLength));
    }

    private static void Gather(in Pool2DShape shape, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        PoolWindow inner = new(shape), window = inner;
        bool padded = shape.IsPadded;
        Vector256<float> size = Vector256.Create((float)(inner.Height * inner.Width));
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputs.Length; image += shape.InputLength)
        {
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++, at += channels)
                {
                    int start = ((row * shape.Stride * shape.Width) + (column * shape.Across)) * channels, c = 0;
                    if (padded)
                        window = PoolWindow.At(shape, row, column, out start);
                    start += image;
                    for (; c <= channels - Lanes.Count; c += Lanes.Count)
                        (Sum<WholeLanes>(window, ref x, start + c, channels - c) / size).StoreUnsafe(ref y, (nuint)(at + c));
                    if (c < channels)
                        SomeLanes.Store(Sum<SomeLanes>(window, ref x, start + c, channels - c) / size, ref y, at + c, channels - c);
                }
            }
        }
    }

    private static void Scatter(in Pool2DShape shape, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        ref float dy = ref MemoryMarshal.GetReference(outputGradients), dx = ref MemoryMarshal.GetReference(inputGradients);
        PoolWindow inner = new(shape), window = inner;
        bool padded = shape.IsPadded;
        Vector256<float> size = Vector256.Create((float)(inner.Height * inner.Width));
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputGradients.Length; image += shape.InputLength)
        {
            inputGradients.Slice(image, shape.InputLength).Clear();
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++, at += channels)
                {
                    int start = ((row * shape.Stride * shape.Width) + (column * shape.Across)) * channels, c = 0;
                    if (padded)
                        window = PoolWindow.At(shape, row, column, out start);
                    start += image;
                    for (; c <= channels - Lanes.Count; c += Lanes.Count)
                        AddToAll<WholeLanes>(window, Vector256.LoadUnsafe(ref dy, (nuint)(at + c)) / size, ref dx, start + c, channels - c);
                    if (c < channels)
                        AddToAll<SomeLanes>(window, SomeLanes.Load(ref dy, at + c, channels - c) / size, ref dx, start + c, channels - c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum<TLanes>(PoolWindow window, ref float x, int start, int lanes)
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        for (int row = 0; row < window.Height; row++, start += window.RowStep)
        {
            int at = start;
            for (int column = 0; column < window.Width; column++, at += window.ColumnStep)
                sum += TLanes.Load(ref x, at, lanes);
        }

        return sum;
    }

    // Windows may overlap, so gradients add up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToAll<TLanes>(PoolWindow window, Vector256<float> share, ref float dx, int start, int lanes)
        where TLanes : struct, ILanes
    {
        for (int row = 0; row < window.Height; row++, start += window.RowStep)
        {
            int at = start;
            for (int column = 0; column < window.Width; column++, at += window.ColumnStep)
                TLanes.Store(TLanes.Load(ref dx, at, lanes) + share, ref dx, at, lanes);
        }
    }
}
