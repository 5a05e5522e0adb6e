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

    // Forward: y = scale · (x − center) + summand. Backward: dx = scale · dy + (slope · (x − center) + summand).
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
    public void SetBackward(int channel, in BatchMoments moments, double gradients, double products, float gain, float epsilon)
    {
        double inverse = moments.InverseDeviation(epsilon), scale = gain * inverse, rest = moments.Mean - Centers[channel];
        double meanGradient = gradients / moments.Count;
        double meanProduct = (products - (rest * gradients)) * inverse / moments.Count;
        double slope = -scale * meanProduct * inverse;
        _slopes[channel] = (float)slope;
        _summands[channel] = (float)((-scale * meanGradient) - (slope * rest));
    }

    /// <summary>y from x.</summary>
    public void Normalize(ReadOnlySpan<float> input, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        ref float center = ref MemoryMarshal.GetReference(Centers), scale = ref MemoryMarshal.GetReference(_scales);
        ref float summand = ref MemoryMarshal.GetReference(_summands);
        int count = Centers.Length;
        for (int pixel = 0; pixel < output.Length; pixel += count)
        {
            for (int c = 0; c < count; c += Lanes.Count)
            {
                int lanes = count - c;
                Vector256<float> distance = Lanes.Load(ref x, pixel + c, lanes) - Lanes.Load(ref center, c, lanes);
                Lanes.Store(Vectors.MultiplyAdd(distance, Lanes.Load(ref scale, c, lanes), Lanes.Load(ref summand, c, lanes)), ref y, pixel + c, lanes);
            }
        }
    }

    /// <summary>dx from x and dy, possibly in place of dy.</summary>
    public void Differentiate(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        ref float x = ref MemoryMarshal.GetReference(input), dy = ref MemoryMarshal.GetReference(outputGradient);
        ref float dx = ref MemoryMarshal.GetReference(inputGradient);
        ref float center = ref MemoryMarshal.GetReference(Centers), scale = ref MemoryMarshal.GetReference(_scales);
        ref float slope = ref MemoryMarshal.GetReference(_slopes), summand = ref MemoryMarshal.GetReference(_summands);
        int count = Centers.Length;
        for (int pixel = 0; pixel < inputGradient.Length; pixel += count)
        {
            for (int c = 0; c < count; c += Lanes.Count)
            {
                int lanes = count - c;
                Vector256<float> distance = Lanes.Load(ref x, pixel + c, lanes) - Lanes.Load(ref center, c, lanes);
                Vector256<float> sum = Vectors.MultiplyAdd(distance, Lanes.Load(ref slope, c, lanes), Lanes.Load(ref summand, c, lanes));
                sum = Vectors.MultiplyAdd(Lanes.Load(ref dy, pixel + c, lanes), Lanes.Load(ref scale, c, lanes), sum);
                Lanes.Store(sum, ref dx, pixel + c, lanes);
            }
        }
    }

    /// <summary>y = factor · x + summand with one of each a channel.</summary>
    public static void Scale(ReadOnlySpan<float> input, ReadOnlySpan<float> factors, ReadOnlySpan<float> summands, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        ref float factor = ref MemoryMarshal.GetReference(factors), summand = ref MemoryMarshal.GetReference(summands);
        int count = factors.Length;
        for (int pixel = 0; pixel < output.Length; pixel += count)
        {
            for (int c = 0; c < count; c += Lanes.Count)
            {
                int lanes = count - c;
                Vector256<float> product = Vectors.MultiplyAdd(
                    Lanes.Load(ref x, pixel + c, lanes), Lanes.Load(ref factor, c, lanes), Lanes.Load(ref summand, c, lanes));
                Lanes.Store(product, ref y, pixel + c, lanes);
            }
        }
    }
}
