using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The rectifier with a learned slope: x above 0, slope · x elsewhere, with a slope for each channel (He et al., 2015). Its gradient at 0 is the slope.</summary>
public static class PReLU
{
    /// <summary>output = f(input) for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="slope">Offset of the slopes in the parameters, one float a channel.</param>
    /// <param name="output">Offset of the output; not the input's, which backward reads.</param>
    public static void Forward(TrainingPass pass, int length, int channels, int input, int slope, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
            Apply(channels, pass.Parameters(slope, channels), pass.Activations(input, length, shard), pass.Activations(output, length, shard));
    }

    /// <summary>inputGradient = f′ · outputGradient, and the slopes' gradient, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="slope">Offset of the slopes; their gradient is added to.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's; −1 when nobody wants it.</param>
    public static void Backward(TrainingPass pass, int length, int channels, int input, int slope, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> inputs = pass.Activations(input, length, shard), gradients = pass.Activations(outputGradient, length, shard);
            AddSlopes(channels, inputs, gradients, pass.Gradients(shard, slope, channels));
            if (inputGradient >= 0)
                Scale(channels, pass.Parameters(slope, channels), inputs, gradients, pass.Activations(inputGradient, length, shard));
        }
    }

    /// <summary>Copies the slopes.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="slope">Offset of the slopes.</param>
    /// <param name="prepared">Receives them.</param>
    public static void Prepare(Parameters parameters, int channels, int slope, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Values.Slice(slope, channels).CopyTo(prepared);
    }

    /// <summary>output = f(input) for all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of what <see cref="Prepare"/> wrote.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, int length, int channels, int input, int prepared, int output) =>
        Apply(channels, pass.Prepared(prepared, channels), pass.Activations(input, length), pass.Activations(output, length));

    private static void Apply(int channels, ReadOnlySpan<float> slopes, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        for (int pixel = 0; pixel < inputs.Length; pixel += channels)
            Elements.Map(default(Rule), inputs.Slice(pixel, channels), slopes, outputs.Slice(pixel, channels));
    }

    private static void Scale(int channels, ReadOnlySpan<float> slopes, ReadOnlySpan<float> inputs, ReadOnlySpan<float> gradients, Span<float> outputs)
    {
        ref float a = ref MemoryMarshal.GetReference(slopes), x = ref MemoryMarshal.GetReference(inputs);
        ref float g = ref MemoryMarshal.GetReference(gradients), y = ref MemoryMarshal.GetReference(outputs);
        for (int pixel = 0; pixel < inputs.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Slope<WholeLanes>(ref a, ref x, ref g, pixel, c, channels).StoreUnsafe(ref y, (nuint)(pixel + c));
            if (c < channels)
                SomeLanes.Store(Slope<SomeLanes>(ref a, ref x, ref g, pixel, c, channels), ref y, pixel + c, channels - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Slope<TLanes>(ref float a, ref float x, ref float g, int pixel, int channel, int channels)
        where TLanes : struct, ILanes
    {
        int rest = channels - channel;
        Vector256<float> gradient = TLanes.Load(ref g, pixel + channel, rest);
        Vector256<float> isRight = Vector256.GreaterThan(TLanes.Load(ref x, pixel + channel, rest), Vector256<float>.Zero);
        return Vector256.ConditionalSelect(isRight, gradient, gradient * TLanes.Load(ref a, channel, rest));
    }

    private static void AddSlopes(int channels, ReadOnlySpan<float> inputs, ReadOnlySpan<float> gradients, Span<float> slopeGradients)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), g = ref MemoryMarshal.GetReference(gradients), sums = ref MemoryMarshal.GetReference(slopeGradients);
        int c = 0;
        for (; c <= channels - Lanes.Count; c += Lanes.Count)
            (Vector256.LoadUnsafe(ref sums, (nuint)c) + SlopeGradient<WholeLanes>(inputs.Length, channels, ref x, ref g, c)).StoreUnsafe(ref sums, (nuint)c);
        if (c < channels)
        {
            Vector256<float> sum = SomeLanes.Load(ref sums, c, channels - c) + SlopeGradient<SomeLanes>(inputs.Length, channels, ref x, ref g, c);
            SomeLanes.Store(sum, ref sums, c, channels - c);
        }
    }

    // Pixel after pixel: one order for each channel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SlopeGradient<TLanes>(int length, int channels, ref float x, ref float g, int channel)
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        for (int at = channel; at < length; at += channels)
        {
            Vector256<float> value = TLanes.Load(ref x, at, channels - channel);
            value = Vector256.ConditionalSelect(Vector256.GreaterThan(value, Vector256<float>.Zero), Vector256<float>.Zero, value);
            sum = Vectors.MultiplyAdd(value, TLanes.Load(ref g, at, channels - channel), sum);
        }

        return sum;
    }

    private readonly struct Rule : IBinaryRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x, Vector256<float> slope) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * slope);
    }
}
