using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Whether a rectifier follows a batch normalisation.</summary>
internal interface IRectification
{
    /// <summary>The output.</summary>
    static abstract Vector256<float> Apply(Vector256<float> normalized);

    /// <summary>The gradient of the normalised value.</summary>
    static abstract Vector256<float> Back(Vector256<float> normalized, Vector256<float> gradient);
}

/// <summary>No rectifier: normalised values are the output.</summary>
internal readonly struct NoRectification : IRectification
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> normalized) => normalized;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Back(Vector256<float> normalized, Vector256<float> gradient) => gradient;
}

/// <summary>A rectifier.</summary>
internal readonly struct Rectification : IRectification
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> normalized) => ReLU.Of(normalized);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Back(Vector256<float> normalized, Vector256<float> gradient) => ReLU.Back(normalized, gradient);
}

/// <summary>Normalised pixels, each by itself.</summary>
/// <typeparam name="TRectification">Whether they are rectified.</typeparam>
internal readonly struct BatchNormPixels<TRectification> : IBatchNormEnding
    where TRectification : struct, IRectification
{
    // Pixels are taken in tiles that stay in the first cache while one block of channels after the other sums them up in registers.
    private const int TileFloats = 512;

    /// <inheritdoc/>
    public void Forward(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        BatchNormReferences references = coefficients.References;
        int channels = coefficients.Channels;
        for (int pixel = 0; pixel < output.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(references, ref x, ref y, pixel + c, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(references, ref x, ref y, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(BatchNormReferences references, ref float x, ref float y, int at, int c, int lanes)
            where TLanes : struct, ILanes =>
            TLanes.Store(TRectification.Apply(references.Load<TLanes>(c, lanes).Normalize(TLanes.Load(ref x, at, lanes))), ref y, at, lanes);
    }

    /// <inheritdoc/>
    public void Sum(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<double> part)
    {
        int channels = coefficients.Channels, pixels = input.Length / channels, tile = Math.Max(1, TileFloats / channels);
        part.Clear();
        ref float x = ref MemoryMarshal.GetReference(input), dy = ref MemoryMarshal.GetReference(outputGradient);
        ref double sums = ref MemoryMarshal.GetReference(part);
        BatchNormReferences references = coefficients.References;
        for (int start = 0; start < pixels; start += tile)
        {
            int end = Math.Min(pixels, start + tile), c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Add<WholeLanes>(references, ref x, ref dy, start, end, c, channels, ref sums);
            if (c < channels)
                Add<SomeLanes>(references, ref x, ref dy, start, end, c, channels, ref sums);
        }

        static void Add<TLanes>(
            BatchNormReferences references, ref float x, ref float dy, int start, int end, int channel, int channels, ref double sums)
            where TLanes : struct, ILanes
        {
            int lanes = channels - channel;
            ChannelNormalization normalization = references.Load<TLanes>(channel, lanes);
            var own = BatchNormGradientSums.Load<TLanes>(ref sums, ref references.Center, channel, channels);
            for (int pixel = start; pixel < end; pixel++)
            {
                int at = (pixel * channels) + channel;
                Vector256<float> value = TLanes.Load(ref x, at, lanes);
                own.Add(value, TRectification.Back(normalization.Normalize(value), TLanes.Load(ref dy, at, lanes)));
            }

            own.Store<TLanes>(ref sums, channel, channels);
        }
    }

    /// <inheritdoc/>
    public void Backward(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        ref float x = ref MemoryMarshal.GetReference(input), dy = ref MemoryMarshal.GetReference(outputGradient);
        ref float dx = ref MemoryMarshal.GetReference(inputGradient);
        BatchNormReferences references = coefficients.References;
        int channels = coefficients.Channels;
        for (int pixel = 0; pixel < inputGradient.Length; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(references, ref x, ref dy, ref dx, pixel + c, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(references, ref x, ref dy, ref dx, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(BatchNormReferences references, ref float x, ref float dy, ref float dx, int at, int c, int lanes)
            where TLanes : struct, ILanes
        {
            ChannelNormalization normalization = references.Load<TLanes>(c, lanes);
            Vector256<float> value = TLanes.Load(ref x, at, lanes);
            Vector256<float> gradient = TRectification.Back(normalization.Normalize(value), TLanes.Load(ref dy, at, lanes));
            TLanes.Store(normalization.Back(value, gradient, references.LoadBack<TLanes>(c, lanes)), ref dx, at, lanes);
        }
    }
}
