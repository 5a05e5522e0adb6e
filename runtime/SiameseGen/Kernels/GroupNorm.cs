using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// Brings each group of channels of a row to mean 0 and variance 1, then scales and shifts channels by learned amounts (Wu and He, 2018; with one group Ba,
/// Kiros and Hinton, 2016). The same in training and at inference. Backward finds the moments anew.
/// </summary>
public static class GroupNorm
{
    /// <summary>Normalises the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="gain">Offset of the gains γ in the parameters.</param>
    /// <param name="shift">Offset of the shifts β.</param>
    /// <param name="output">Offset of the output; not the input's, which backward reads.</param>
    public static void Forward(TrainingPass pass, in GroupNormShape shape, int input, int gain, int shift, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        foreach (Shard shard in pass.Shards)
        {
            Apply(
                shape, pass.Scratch(ScratchLength(shape)), pass.Parameters(gain, shape.Channels), pass.Parameters(shift, shape.Channels),
                pass.Activations(input, shape.Length, shard), pass.Activations(output, shape.Length, shard));
        }
    }

    /// <summary>The gradients of input, gains and shifts for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="gain">Offset of the gains; their gradient is added to.</param>
    /// <param name="shift">Offset of the shifts; their gradient is added to.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's; −1 when nobody wants it.</param>
    public static void Backward(TrainingPass pass, in GroupNormShape shape, int input, int gain, int shift, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        int channels = shape.Channels, row = shape.RowLength;
        Span<float> scratch = pass.Scratch(ScratchLength(shape));
        Span<float> mean = scratch[..channels], scale = scratch.Slice(channels, channels);
        Span<float> sums = scratch.Slice(2 * channels, channels), products = scratch.Slice(3 * channels, channels);
        Span<float> gainSums = scratch.Slice(4 * channels, channels), shiftSums = scratch.Slice(5 * channels, channels);
        ReadOnlySpan<float> gains = pass.Parameters(gain, channels);
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> inputs = pass.Activations(input, shape.Length, shard), gradients = pass.Activations(outputGradient, shape.Length, shard);
            gainSums.Clear();
            shiftSums.Clear();
            for (int at = 0; at < inputs.Length; at += row)
            {
                FindMoments(shape, inputs.Slice(at, row), mean, scale);
                SumGradients(channels, inputs.Slice(at, row), gradients.Slice(at, row), mean, scale, sums, products);
                Elements.Map(default(Sums), gainSums, products, gainSums);
                Elements.Map(default(Sums), shiftSums, sums, shiftSums);
                if (inputGradient < 0)
                    continue;
                Span<float> target = pass.Activations(inputGradient, shape.Length, shard).Slice(at, row);
                FindCoefficients(shape, gains, sums, products);
                Spread(channels, inputs.Slice(at, row), gradients.Slice(at, row), gains, mean, scale, sums, products, target);
            }

            Span<float> gainGradients = pass.Gradients(shard, gain, channels), shiftGradients = pass.Gradients(shard, shift, channels);
            Elements.Map(default(Sums), gainGradients, gainSums, gainGradients);
            Elements.Map(default(Sums), shiftGradients, shiftSums, shiftGradients);
        }
    }

    /// <summary>Copies gains and shifts.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="gain">Offset of the gains.</param>
    /// <param name="shift">Offset of the shifts.</param>
    /// <param name="prepared">Receives both.</param>
    public static void Prepare(Parameters parameters, in GroupNormShape shape, int gain, int shift, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Values.Slice(gain, shape.Channels).CopyTo(prepared);
        parameters.Values.Slice(shift, shape.Channels).CopyTo(prepared[shape.Channels..]);
    }

    /// <summary>Normalises all items.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of what <see cref="Prepare"/> wrote.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, in GroupNormShape shape, int input, int prepared, int output)
    {
        int channels = shape.Channels;
        Apply(
            shape, pass.Scratch(ScratchLength(shape)), pass.Prepared(prepared, channels), pass.Prepared(prepared + channels, channels),
            pass.Activations(input, shape.Length), pass.Activations(output, shape.Length));
    }

    /// <summary>Floats of scratch, in training and at inference.</summary>
    /// <param name="shape">The shape.</param>
    public static int ScratchLength(in GroupNormShape shape) => 6 * shape.Channels;

    private static void Apply(
        in GroupNormShape shape, Span<float> scratch, ReadOnlySpan<float> gains, ReadOnlySpan<float> shifts, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int channels = shape.Channels, row = shape.RowLength;
        Span<float> mean = scratch[..channels], scale = scratch.Slice(channels, channels);
        for (int at = 0; at < inputs.Length; at += row)
        {
            FindMoments(shape, inputs.Slice(at, row), mean, scale);
            for (int pixel = at; pixel < at + row; pixel += channels)
                Normalize(channels, inputs.Slice(pixel, channels), mean, scale, gains, shifts, outputs.Slice(pixel, channels));
        }
    }

    // The mean of each channel's group, and one over the root of its variance. Sums go pixel by pixel in a channel, then channel by channel.
    private static void FindMoments(in GroupNormShape shape, ReadOnlySpan<float> row, Span<float> mean, Span<float> scale)
    {
        int channels = shape.Channels, width = channels / shape.Groups;
        double count = (double)width * shape.Pixels;
        Sum(default(Values), channels, row, row, mean, mean);
        for (int group = 0; group < channels; group += width)
            mean.Slice(group, width).Fill((float)(Total(mean.Slice(group, width)) / count));
        Sum(default(Squares), channels, row, row, mean, scale);
        for (int group = 0; group < channels; group += width)
            scale.Slice(group, width).Fill((float)(1 / Math.Sqrt((Total(scale.Slice(group, width)) / count) + shape.Epsilon)));
    }

    private static double Total(ReadOnlySpan<float> sums)
    {
        double total = 0;
        foreach (float sum in sums)
            total += sum;
        return total;
    }

    private static void SumGradients(
        int channels, ReadOnlySpan<float> row, ReadOnlySpan<float> gradients, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, Span<float> sums, Span<float> products)
    {
        Sum(default(Values), channels, gradients, row, mean, sums);
        Sum(default(Deviations), channels, row, gradients, mean, products);
        for (int c = 0; c < channels; c++)
            products[c] *= scale[c];
    }

    // Means over the group of γ·g and of γ·g·x̂, for each of its channels.
    private static void FindCoefficients(in GroupNormShape shape, ReadOnlySpan<float> gains, Span<float> sums, Span<float> products)
    {
        int width = shape.Channels / shape.Groups;
        double count = (double)width * shape.Pixels;
        for (int group = 0; group < shape.Channels; group += width)
        {
            double sum = 0, product = 0;
            for (int c = group; c < group + width; c++)
            {
                sum += (double)gains[c] * sums[c];
                product += (double)gains[c] * products[c];
            }

            sums.Slice(group, width).Fill((float)(sum / count));
            products.Slice(group, width).Fill((float)(product / count));
        }
    }

    private static void Sum<TTerm>(TTerm term, int channels, ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> mean, Span<float> sums)
        where TTerm : struct, ITerm
    {
        ref float a = ref MemoryMarshal.GetReference(left), b = ref MemoryMarshal.GetReference(right);
        ref float m = ref MemoryMarshal.GetReference(mean), y = ref MemoryMarshal.GetReference(sums);
        int c = 0;
        for (; c <= channels - Lanes.Count; c += Lanes.Count)
            Sum<TTerm, WholeLanes>(term, left.Length, channels, ref a, ref b, Vector256.LoadUnsafe(ref m, (nuint)c), c).StoreUnsafe(ref y, (nuint)c);
        if (c < channels)
            SomeLanes.Store(Sum<TTerm, SomeLanes>(term, left.Length, channels, ref a, ref b, SomeLanes.Load(ref m, c, channels - c), c), ref y, c, channels - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum<TTerm, TLanes>(TTerm term, int length, int channels, ref float a, ref float b, Vector256<float> mean, int channel)
        where TTerm : struct, ITerm
        where TLanes : struct, ILanes
    {
        Vector256<float> sum = default;
        for (int at = channel; at < length; at += channels)
            sum = term.Add(TLanes.Load(ref a, at, channels - channel), TLanes.Load(ref b, at, channels - channel), mean, sum);
        return sum;
    }

    private static void Normalize(
        int channels, ReadOnlySpan<float> inputs, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> gains, ReadOnlySpan<float> shifts,
        Span<float> outputs)
    {
        ref float x = ref MemoryMarshal.GetReference(inputs), y = ref MemoryMarshal.GetReference(outputs);
        ref float m = ref MemoryMarshal.GetReference(mean), r = ref MemoryMarshal.GetReference(scale);
        ref float gain = ref MemoryMarshal.GetReference(gains), shift = ref MemoryMarshal.GetReference(shifts);
        int c = 0;
        for (; c <= channels - Lanes.Count; c += Lanes.Count)
            Normalize<WholeLanes>(ref x, ref m, ref r, ref gain, ref shift, c, channels).StoreUnsafe(ref y, (nuint)c);
        if (c < channels)
            SomeLanes.Store(Normalize<SomeLanes>(ref x, ref m, ref r, ref gain, ref shift, c, channels), ref y, c, channels - c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Normalize<TLanes>(ref float x, ref float m, ref float r, ref float gain, ref float shift, int c, int channels)
        where TLanes : struct, ILanes
    {
        int rest = channels - c;
        Vector256<float> normal = (TLanes.Load(ref x, c, rest) - TLanes.Load(ref m, c, rest)) * TLanes.Load(ref r, c, rest);
        return Vectors.MultiplyAdd(normal, TLanes.Load(ref gain, c, rest), TLanes.Load(ref shift, c, rest));
    }

    // r · (γ·g − mean(γ·g) − x̂ · mean(γ·g·x̂))
    private static void Spread(
        int channels, ReadOnlySpan<float> row, ReadOnlySpan<float> gradients, ReadOnlySpan<float> gains, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale,
        ReadOnlySpan<float> means, ReadOnlySpan<float> products, Span<float> inputGradients)
    {
        ref float x = ref MemoryMarshal.GetReference(row), g = ref MemoryMarshal.GetReference(gradients), y = ref MemoryMarshal.GetReference(inputGradients);
        ref float m = ref MemoryMarshal.GetReference(mean), r = ref MemoryMarshal.GetReference(scale), gain = ref MemoryMarshal.GetReference(gains);
        ref float a = ref MemoryMarshal.GetReference(means), b = ref MemoryMarshal.GetReference(products);
        for (int pixel = 0; pixel < row.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Spread<WholeLanes>(ref x, ref g, ref gain, ref m, ref r, ref a, ref b, pixel, c, channels).StoreUnsafe(ref y, (nuint)(pixel + c));
            if (c < channels)
                SomeLanes.Store(Spread<SomeLanes>(ref x, ref g, ref gain, ref m, ref r, ref a, ref b, pixel, c, channels), ref y, pixel + c, channels - c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Spread<TLanes>(
        ref float x, ref float g, ref float gain, ref float m, ref float r, ref float a, ref float b, int pixel, int c, int channels)
        where TLanes : struct, ILanes
    {
        int rest = channels - c;
        Vector256<float> scale = TLanes.Load(ref r, c, rest);
        Vector256<float> normal = (TLanes.Load(ref x, pixel + c, rest) - TLanes.Load(ref m, c, rest)) * scale;
        Vector256<float> own = TLanes.Load(ref g, pixel + c, rest) * TLanes.Load(ref gain, c, rest) - TLanes.Load(ref a, c, rest);
        return scale * Vectors.MultiplyAdd(-normal, TLanes.Load(ref b, c, rest), own);
    }

    private interface ITerm
    {
        Vector256<float> Add(Vector256<float> a, Vector256<float> b, Vector256<float> mean, Vector256<float> sum);
    }

    private readonly struct Values : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Add(Vector256<float> a, Vector256<float> b, Vector256<float> mean, Vector256<float> sum) => sum + a;
    }

    private readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Add(Vector256<float> a, Vector256<float> b, Vector256<float> mean, Vector256<float> sum) => Vectors.MultiplyAdd(a - mean, a - mean, sum);
    }

    private readonly struct Deviations : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Add(Vector256<float> a, Vector256<float> b, Vector256<float> mean, Vector256<float> sum) => Vectors.MultiplyAdd(a - mean, b, sum);
    }
}
