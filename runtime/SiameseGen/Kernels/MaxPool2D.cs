using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The largest value of each window, as far as it lies in the image. The gradient goes to the first maximum, row by row. As in PyTorch, a value that is not a number counts as larger
/// than all before it.
/// </summary>
public static class MaxPool2D
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
            Pool(shape, pass.Activations(input, shape.InputLength, shard), pass.Activations(output, shape.OutputLength, shard));
    }

    /// <summary>Hands each output's gradient to the input that was the maximum, which is looked for again.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input, as it was in forward.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten.</param>
    /// <exception cref="ArgumentException">The shape has windows that see nothing of the image.</exception>
    public static void Backward(TrainingPass pass, in Pool2DShape shape, int input, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        shape.EnsureWindowsInside();
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
    /// <exception cref="ArgumentException">The shape has windows that see nothing of the image.</exception>
    public static void Infer(InferencePass pass, in Pool2DShape shape, int input, int output)
    {
        shape.EnsureWindowsInside();
        Pool(shape, pass.Activations(input, shape.InputLength), pass.Activations(output, shape.OutputLength));
    }

    /// <summary>Pools images.</summary>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="inputs">Images, one after another.</param>
    /// <param name="outputs">Receives them, pooled.</param>
    internal static void Pool(in Pool2DShape shape, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        PoolWindow inner = new(shape), window = inner;
        bool padded = shape.IsPadded;
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
                    for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                        Largest<Sixteen>(window, ref Unsafe.Add(ref x, start + c)).Store(ref Unsafe.Add(ref y, at + c));
                    for (; c <= channels - Eight.Count; c += Eight.Count)
                        Largest<Eight>(window, ref Unsafe.Add(ref x, start + c)).Store(ref Unsafe.Add(ref y, at + c));
                    if (c < channels)
                        LargestOfSome(window, ref Unsafe.Add(ref x, start + c), ref Unsafe.Add(ref y, at + c), channels - c);
                }
            }
        }
    }

    private static void Scatter(in Pool2DShape shape, ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, Span<float> inputGradients)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), dy = ref MemoryMarshal.GetReference(outputGradients);
        ref float dx = ref MemoryMarshal.GetReference(inputGradients);
        PoolWindow inner = new(shape), window = inner;
        bool padded = shape.IsPadded;
        int channels = shape.Channels, at = 0;
        for (int image = 0; at < outputGradients.Length; image += shape.InputLength)
        {
            if (!inner.IsTiling)
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
                        AddToLargest<WholeLanes>(window, ref x, ref dx, start + c, Vector256.LoadUnsafe(ref dy, (nuint)(at + c)), channels - c);
                    if (c < channels)
                        AddToLargest<SomeLanes>(window, ref x, ref dx, start + c, SomeLanes.Load(ref dy, at + c, channels - c), channels - c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest<V>(PoolWindow window, ref float x)
        where V : struct, IFloats<V>
    {
        if (window.IsSeparateSquare)
        {
            ref float below = ref Unsafe.Add(ref x, window.RowStep);
            V top = V.Larger(V.Load(ref x), V.Load(ref Unsafe.Add(ref x, window.ColumnStep)));
            return V.Larger(V.Larger(top, V.Load(ref below)), V.Load(ref Unsafe.Add(ref below, window.ColumnStep)));
        }

        V largest = V.Load(ref x);
        for (int row = 0; row < window.Height; row++)
        {
            for (int column = 0; column < window.Width; column++)
                largest = V.Larger(largest, V.Load(ref Unsafe.Add(ref x, (row * window.RowStep) + (column * window.ColumnStep))));
        }

        return largest;
    }

    private static void LargestOfSome(PoolWindow window, ref float x, ref float y, int lanes)
    {
        Vector256<float> largest = SomeLanes.Load(ref x, 0, lanes);
        for (int row = 0; row < window.Height; row++)
        {
            for (int column = 0; column < window.Width; column++)
                largest = Larger(largest, SomeLanes.Load(ref x, (row * window.RowStep) + (column * window.ColumnStep), lanes));
        }

        SomeLanes.Store(largest, ref y, 0, lanes);
    }

    // As AddToLargest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetLargest<TLanes>(PoolWindow window, ref float x, ref float dx, int first, Vector256<float> gradient, int lanes)
        where TLanes : struct, ILanes
    {
        int second = first + window.ColumnStep, third = first + window.RowStep, fourth = third + window.ColumnStep;
        var maximum = FirstMaximum<Eight>.Of(Load(ref x, first), Load(ref x, second), Load(ref x, third), Load(ref x, fourth));
        var left = new Eight(gradient);
        TLanes.Store((left & maximum.IsFourth).Half(0), ref dx, fourth, lanes);
        left = Eight.AndNot(left, maximum.IsFourth);
        TLanes.Store((left & maximum.IsThird).Half(0), ref dx, third, lanes);
        left = Eight.AndNot(left, maximum.IsThird);
        TLanes.Store((left & maximum.IsSecond).Half(0), ref dx, second, lanes);
        TLanes.Store(Eight.AndNot(left, maximum.IsSecond).Half(0), ref dx, first, lanes);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Eight Load(ref float x, int at) => new(TLanes.Load(ref x, at, lanes));
    }

    // Finds the number, row by row, of the first maximum; then goes through the window again. Windows may overlap, so gradients add up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToLargest<TLanes>(PoolWindow window, ref float x, ref float dx, int start, Vector256<float> gradient, int lanes)
        where TLanes : struct, ILanes
    {
        if (window.IsSeparateSquare)
        {
            SetLargest<TLanes>(window, ref x, ref dx, start, gradient, lanes);
            return;
        }

        Vector256<float> largest = TLanes.Load(ref x, start, lanes);
        Vector256<int> place = default, number = default;
        for (int row = 0, from = start; row < window.Height; row++, from += window.RowStep)
        {
            int at = from;
            for (int column = 0; column < window.Width; column++, at += window.ColumnStep)
            {
                Vector256<float> value = TLanes.Load(ref x, at, lanes), larger = Exceeds(value, largest);
                largest = Vector256.ConditionalSelect(larger, value, largest);
                place = Vector256.ConditionalSelect(larger.AsInt32(), number, place);
                number += Vector256<int>.One;
            }
        }

        number = default;
        for (int row = 0, from = start; row < window.Height; row++, from += window.RowStep)
        {
            int at = from;
            for (int column = 0; column < window.Width; column++, at += window.ColumnStep)
            {
                Vector256<float> chosen = Vector256.Equals(place, number).AsSingle() & gradient;
                TLanes.Store(TLanes.Load(ref dx, at, lanes) + chosen, ref dx, at, lanes);
                number += Vector256<int>.One;
            }
        }
    }

    /// <summary>The larger of two values, the first one when they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Larger(Vector256<float> largest, Vector256<float> value) =>
        Vector256.ConditionalSelect(Exceeds(value, largest), value, largest);

    /// <summary>The larger of two values, the first one when they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Larger(Vector512<float> largest, Vector512<float> value) =>
        Vector512.ConditionalSelect(Exceeds(value, largest), value, largest);

    /// <summary>Where a value is larger than all before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Exceeds(Vector256<float> value, Vector256<float> largest) =>
        Vector256.GreaterThan(value, largest) | ~Vector256.Equals(value, value);

    /// <summary>Where a value is larger than all before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Exceeds(Vector512<float> value, Vector512<float> largest) =>
        Vector512.GreaterThan(value, largest) | ~Vector512.Equals(value, value);
}
