using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The floats by which a worker normalises. A mean is split into a float, the center, and the rest: x − center is exact where x is near the mean,
/// and the rest goes into the summand, so that a mean much larger than the deviation costs no precision.
/// </summary>
internal readonly ref struct BatchNormCoefficients(Span<float> saved, int channels)
{
    /// <summary>The mean of each channel, rounded to a float.</summary>
    public Span<float> Centers { get; } = saved[..channels];

    // Forward: y = scale · (x − center) + summand.
    // Backward: dx = scale · (slope · (x − center) + (dy + summand)), so that gradients that cancel do so before they are scaled.
    private readonly Span<float> _scales = saved.Slice(channels, channels);
    private readonly Span<float> _slopes = saved.Slice(2 * channels, channels);
    private readonly Span<float> _summands = saved.Slice(3 * channels, channels);

    /// <summary>Computes what <see cref="Normalize"/> needs for one channel.</summary>
    public void SetForward(int channel, in BatchMoments moments, float gain, float shift, float epsilon)
    {
        double scale = gain * moments.InverseDeviation(epsilon);
        Centers[channel] = (float)moments.Mean;
        _scales[channel] = (float)scale;
        _summands[channel] = (float)(shift - (scale * (moments.Mean - Centers[channel])));
    }

    /// <summary>
    /// Computes what <see cref="Differentiate"/> needs for one channel: with x̂ = (x − mean) / deviation,
    /// dx = gain / deviation · (dy − mean(dy) − x̂ · mean(dy · x̂)).
    /// </summary>
    public void SetBackward(int channel, in BatchMoments moments, double gradients, double products, float epsilon)
    {
        double inverse = moments.InverseDeviation(epsilon), rest = moments.Mean - Centers[channel];
        double meanProduct = (products - (rest * gradients)) * inverse / moments.Count;
        double slope = -meanProduct * inverse;
        _slopes[channel] = (float)slope;
        _summands[channel] = (float)((-gradients / moments.Count) - (slope * rest));
    }

    /// <summary>y from x.</summary>
    public void Normalize(ReadOnlySpan<float> input, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        ref float center = ref MemoryMarshal.GetReference(Centers), scale = ref MemoryMarshal.GetReference(_scales);
        ref float summand = ref MemoryMarshal.GetReference(_summands);
        int channels = Centers.Length;
        for (int pixel = 0; pixel < output.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(ref x, ref center, ref scale, ref summand, ref y, pixel, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(ref x, ref center, ref scale, ref summand, ref y, pixel, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(ref float x, ref float center, ref float scale, ref float summand, ref float y, int pixel, int c, int lanes)
            where TLanes : struct, ILanes
        {
            Vector256<float> distance = TLanes.Load(ref x, pixel + c, lanes) - TLanes.Load(ref center, c, lanes);
            distance = Vectors.MultiplyAdd(distance, TLanes.Load(ref scale, c, lanes), TLanes.Load(ref summand, c, lanes));
            TLanes.Store(distance, ref y, pixel + c, lanes);
        }
    }

    /// <summary>dx from x and dy, possibly in place of dy.</summary>
    public void Differentiate(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        ref float x = ref MemoryMarshal.GetReference(input), dy = ref MemoryMarshal.GetReference(outputGradient);
        ref float dx = ref MemoryMarshal.GetReference(inputGradient);
        ref float center = ref MemoryMarshal.GetReference(Centers), scale = ref MemoryMarshal.GetReference(_scales);
        ref float slope = ref MemoryMarshal.GetReference(_slopes), summand = ref MemoryMarshal.GetReference(_summands);
        int channels = Centers.Length;
        for (int pixel = 0; pixel < inputGradient.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(ref x, ref dy, ref center, ref scale, ref slope, ref summand, ref dx, pixel, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(ref x, ref dy, ref center, ref scale, ref slope, ref summand, ref dx, pixel, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(
            ref float x, ref float dy, ref float center, ref float scale, ref float slope, ref float summand, ref float dx, int pixel, int c, int lanes)
            where TLanes : struct, ILanes
        {
            Vector256<float> distance = TLanes.Load(ref x, pixel + c, lanes) - TLanes.Load(ref center, c, lanes);
            Vector256<float> gradient = TLanes.Load(ref dy, pixel + c, lanes) + TLanes.Load(ref summand, c, lanes);
            gradient = Vectors.MultiplyAdd(distance, TLanes.Load(ref slope, c, lanes), gradient);
            TLanes.Store(gradient * TLanes.Load(ref scale, c, lanes), ref dx, pixel + c, lanes);
        }
    }

    /// <summary>y = factor · x + summand with one of each a channel.</summary>
    public static void Scale(ReadOnlySpan<float> input, ReadOnlySpan<float> factors, ReadOnlySpan<float> summands, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        ref float factor = ref MemoryMarshal.GetReference(factors), summand = ref MemoryMarshal.GetReference(summands);
        int channels = factors.Length;
        for (int pixel = 0; pixel < output.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(ref x, ref factor, ref summand, ref y, pixel, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(ref x, ref factor, ref summand, ref y, pixel, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(ref float x, ref float factor, ref float summand, ref float y, int pixel, int c, int lanes)
            where TLanes : struct, ILanes
        {
            Vector256<float> value = TLanes.Load(ref x, pixel + c, lanes);
            value = Vectors.MultiplyAdd(value, TLanes.Load(ref factor, c, lanes), TLanes.Load(ref summand, c, lanes));
            TLanes.Store(value, ref y, pixel + c, lanes);
        }
    }
}
