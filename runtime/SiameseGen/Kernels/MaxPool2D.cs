using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The largest value of each window. The gradient goes to the first maximum, row by row. As in PyTorch, a value that is not a number counts as larger
/// than all before it.
/// </summary>
public static class MaxPool2D
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

    /// <summary>Hands each output's gradient to the input that was the maximum, which is looked for again.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input, as it was in forward.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten.</param>
    public static void Backward(TrainingPass pass, in Pool2DShape shape, int input, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
        {
            Scatter(
                shape,
                pass.Activations(input, shape.InputLength, shard),
                pass.Activations(outputGradient, shape.OutputLength, shard),
                pass.Activations(inputGradient, shape.InputLength, shard));
        }
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
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputs.Length; image += shape.InputLength)
        {
            for (int row = 0; row < shape.OutputHeight; row++)
            {
                for (int column = 0; column < shape.OutputWidth; column++, at += channels)
                {
                    int window = image + shape.WindowStart(row, column);
                    for (int c = 0; c < channels; c += Lanes.Count)
                        Lanes.Store(Largest(shape, ref x, window + c, channels - c), ref y, at + c, channels - c);
                }
            }
        }
    }

    private static void Scatter(in Pool2DShape shape, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), dy = ref MemoryMarshal.GetReference(outputGradients);
        ref float dx = ref MemoryMarshal.GetReference(inputGradients);
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
                    {
                        Vector256<int> place = PlaceOfLargest(shape, ref x, window + c, channels - c);
                        AddAt(shape, place, Lanes.Load(ref dy, at + c, channels - c), ref dx, window + c, channels - c);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Largest(in Pool2DShape shape, ref float x, int window, int lanes)
    {
        Vector256<float> largest = Lanes.Load(ref x, window, lanes);
        for (int row = 0; row < shape.WindowHeight; row++, window += shape.Width * shape.Channels)
        {
            for (int column = 0; column < shape.WindowWidth; column++)
            {
                Vector256<float> value = Lanes.Load(ref x, window + (column * shape.Channels), lanes);
                largest = Vector256.ConditionalSelect(Exceeds(value, largest), value, largest);
            }
        }

        return largest;
    }

    // The number, row by row, of the window's element that is the first maximum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> PlaceOfLargest(in Pool2DShape shape, ref float x, int window, int lanes)
    {
        Vector256<float> largest = Lanes.Load(ref x, window, lanes);
        Vector256<int> place = default;
        int number = 0;
        for (int row = 0; row < shape.WindowHeight; row++, window += shape.Width * shape.Channels)
        {
            for (int column = 0; column < shape.WindowWidth; column++, number++)
            {
                Vector256<float> value = Lanes.Load(ref x, window + (column * shape.Channels), lanes);
                Vector256<float> larger = Exceeds(value, largest);
                largest = Vector256.ConditionalSelect(larger, value, largest);
                place = Vector256.ConditionalSelect(larger.AsInt32(), Vector256.Create(number), place);
            }
        }

        return place;
    }

    // Windows may overlap, so gradients add up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddAt(in Pool2DShape shape, Vector256<int> place, Vector256<float> gradient, ref float dx, int window, int lanes)
    {
        int number = 0;
        for (int row = 0; row < shape.WindowHeight; row++, window += shape.Width * shape.Channels)
        {
            for (int column = 0; column < shape.WindowWidth; column++, number++)
            {
                int at = window + (column * shape.Channels);
                Vector256<float> chosen = Vector256.Equals(place, Vector256.Create(number)).AsSingle() & gradient;
                Lanes.Store(Lanes.Load(ref dx, at, lanes) + chosen, ref dx, at, lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exceeds(Vector256<float> value, Vector256<float> largest) =>
        Vector256.GreaterThan(value, largest) | ~Vector256.Equals(value, value);
}
