using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The generalised mean of each channel over the whole image, (mean of max(x, ε)ᵖ)^(1/p), with one learned power p: the mean for p = 1, nearly the maximum for large
/// p (Radenović, Tolias and Chum, 2018).
/// </summary>
public static class GeMPool
{
    // Values below are taken for it, so that powers and logarithms exist.
    private const float Smallest = 1e-6f;

    /// <summary>Pools the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="power">Offset of the power in the parameters.</param>
    /// <param name="output">Offset of the output, one float a channel.</param>
    public static void Forward(TrainingPass pass, int pixels, int channels, int input, int power, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        float p = pass.Parameters(power, 1)[0];
        foreach (Shard shard in pass.Shards)
            Pool(pixels, channels, p, pass.Activations(input, pixels * channels, shard), pass.Activations(output, channels, shard));
    }

    /// <summary>The gradients of the input and of the power for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="power">Offset of the power; its gradient is added to.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody wants it.</param>
    public static void Backward(TrainingPass pass, int pixels, int channels, int input, int power, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        int length = pixels * channels;
        float p = pass.Parameters(power, 1)[0];
        Span<float> slopes = pass.Scratch(channels);
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> inputs = pass.Activations(input, length, shard), gradients = pass.Activations(outputGradient, channels, shard);
            Span<float> targets = inputGradient < 0 ? default : pass.Activations(inputGradient, length, shard);
            double sum = 0;
            for (int image = 0, at = 0; image < inputs.Length; image += length, at += channels)
            {
                Back(pixels, channels, p, inputs.Slice(image, length), gradients.Slice(at, channels), slopes, targets.IsEmpty ? targets : targets.Slice(image, length));
                foreach (float slope in slopes)
                    sum += slope;
            }

            pass.Gradients(shard, power, 1)[0] += (float)sum;
        }
    }

    /// <summary>Copies the power.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="power">Offset of the power.</param>
    /// <param name="prepared">Receives it.</param>
    public static void Prepare(Parameters parameters, int power, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        prepared[0] = parameters.Values[power];
    }

    /// <summary>Pools all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of what <see cref="Prepare"/> wrote.</param>
    /// <param name="output">Offset of the output, one float a channel.</param>
    public static void Infer(InferencePass pass, int pixels, int channels, int input, int prepared, int output) =>
        Pool(pixels, channels, pass.Prepared(prepared, 1)[0], pass.Activations(input, pixels * channels), pass.Activations(output, channels));

    private static void Pool(int pixels, int channels, float power, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        Vector256<float> p = Vector256.Create(power), count = Vector256.Create((float)pixels);
        for (int at = 0, image = 0; at < outputs.Length; at += channels, image += pixels * channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Root(Sum<WholeLanes>(pixels, channels, p, ref x, image, c) / count, p).StoreUnsafe(ref y, (nuint)(at + c));
            if (c < channels)
                SomeLanes.Store(Root(Sum<SomeLanes>(pixels, channels, p, ref x, image, c) / count, p), ref y, at + c, channels - c);
        }
    }

    private static void Back(
        int pixels, int channels, float power, ReadOnlySpan<float> image, ReadOnlySpan<float> gradients, Span<float> slopes, Span<float> inputGradients)
    {
        ref float x = ref MemoryMarshal.GetReference(image), g = ref MemoryMarshal.GetReference(gradients);
        ref float slope = ref MemoryMarshal.GetReference(slopes), dx = ref MemoryMarshal.GetReference(inputGradients);
        int c = 0;
        for (; c <= channels - Lanes.Count; c += Lanes.Count)
            Back<WholeLanes>(pixels, channels, power, ref x, ref g, ref slope, ref dx, c, inputGradients.Length);
        if (c < channels)
            Back<SomeLanes>(pixels, channels, power, ref x, ref g, ref slope, ref dx, c, inputGradients.Length);
    }

    // With m the mean of uᵖ and y = m^(1/p): dy/du = y/m · uᵖ⁻¹ / n, and dy/dp = y/p · (mean of uᵖ ln u / m − ln m / p).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Back<TLanes>(int pixels, int channels, float power, ref float x, ref float g, ref float slope, ref float dx, int channel, int wanted)
        where TLanes : struct, ILanes
    {
        int rest = channels - channel, length = pixels * channels;
        Vector256<float> p = Vector256.Create(power), count = Vector256.Create((float)pixels), smallest = Vector256.Create(Smallest);
        Vector256<float> sum = default, logarithms = default;
        for (int at = channel; at < length; at += channels)
        {
            Vector256<float> ln = Logarithm.Log(Clamp(TLanes.Load(ref x, at, rest))), raised = Exponential.Exp(p * ln);
            sum += raised;
            logarithms = Vectors.MultiplyAdd(raised, ln, logarithms);
        }

        Vector256<float> mean = sum / count, gradient = TLanes.Load(ref g, channel, rest), y = Root(mean, p);
        TLanes.Store(gradient * y / p * ((logarithms / Tiny(sum)) - (Logarithm.Log(Tiny(mean)) / p)), ref slope, channel, rest);
        Vector256<float> factor = gradient * y / Tiny(sum);
        for (int at = channel; at < wanted; at += channels)
        {
            Vector256<float> value = TLanes.Load(ref x, at, rest), u = Clamp(value);
            Vector256<float> spread = factor * Exponential.Exp(p * Logarithm.Log(u)) / u;
            TLanes.Store(Vector256.ConditionalSelect(Vector256.GreaterThan(value, smallest), spread, Vector256<float>.Zero), ref dx, at, rest);
        }
    }

    // Pixel after pixel: one order for each channel.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum<TLanes>(int pixels, int channels, Vector256<float> p, ref float x, int image, int channel)
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        int at = image + channel;
        for (int pixel = 0; pixel < pixels; pixel++, at += channels)
            sum += Exponential.Exp(p * Logarithm.Log(Clamp(TLanes.Load(ref x, at, channels - channel))));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Root(Vector256<float> mean, Vector256<float> p) => Exponential.Exp(Logarithm.Log(Tiny(mean)) / p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> x)
    {
        Vector256<float> smallest = Vector256.Create(Smallest);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, smallest), smallest, x);
    }

    // The mean of powers may be far smaller than the smallest value, but no logarithm is asked for of 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Tiny(Vector256<float> mean)
    {
        Vector256<float> smallest = Vector256.Create(1e-37f);
        return Vector256.ConditionalSelect(Vector256.LessThan(mean, smallest), smallest, mean);
    }
}
