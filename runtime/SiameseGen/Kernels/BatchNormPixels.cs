using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>Whether a rectifier follows a batch normalisation.</summary>
internal interface IRectification
{
    /// <summary>The output.</summary>
    static abstract V Apply<V>(V normalized)
        where V : struct, IFloats<V>;

    /// <summary>The gradient of the normalised value.</summary>
    static abstract V Back<V>(V normalized, V gradient)
        where V : struct, IFloats<V>;
}

/// <summary>No rectifier: normalised values are the output.</summary>
internal readonly struct NoRectification : IRectification
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V normalized)
        where V : struct, IFloats<V> => normalized;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V normalized, V gradient)
        where V : struct, IFloats<V> => gradient;
}

/// <summary>A rectifier.</summary>
internal readonly struct Rectification : IRectification
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V normalized)
        where V : struct, IFloats<V> => V.Rectify(normalized);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V>(V normalized, V gradient)
        where V : struct, IFloats<V> => gradient & V.IsActive(normalized);
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
            for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                Apply<Sixteen, AllChannels<Sixteen>>(references, ref x, ref y, pixel + c, c, channels - c);
            for (; c <= channels - Eight.Count; c += Eight.Count)
                Apply<Eight, AllChannels<Eight>>(references, ref x, ref y, pixel + c, c, channels - c);
            if (c < channels)
                Apply<Eight, SomeChannels>(references, ref x, ref y, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<V, C>(BatchNormReferences references, ref float x, ref float y, int at, int c, int lanes)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V> =>
            C.Store(TRectification.Apply(references.Load<V, C>(c, lanes).Normalize(C.Load(ref x, at, lanes))), ref y, at, lanes);
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
            for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                Add<Sixteen, AllChannels<Sixteen>>(references, ref x, ref dy, start, end, c, channels, ref sums);
            for (; c <= channels - Eight.Count; c += Eight.Count)
                Add<Eight, AllChannels<Eight>>(references, ref x, ref dy, start, end, c, channels, ref sums);
            if (c < channels)
                Add<Eight, SomeChannels>(references, ref x, ref dy, start, end, c, channels, ref sums);
        }

        static void Add<V, C>(
            BatchNormReferences references, ref float x, ref float dy, int start, int end, int channel, int channels, ref double sums)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            int lanes = channels - channel;
            ChannelNormalization<V> normalization = references.Load<V, C>(channel, lanes);
            int next = channel + Lanes.Count;
            BatchNormGradientSums first = BatchNormGradientSums.Load<V, C>(ref sums, normalization.Center.Half(0), channel, channels), second = default;
            if (V.Count > Lanes.Count)
                second = BatchNormGradientSums.Load<V, C>(ref sums, normalization.Center.Half(1), next, channels);
            for (int pixel = start; pixel < end; pixel++)
            {
                int at = (pixel * channels) + channel;
                V value = C.Load(ref x, at, lanes), gradient = TRectification.Back(normalization.Normalize(value), C.Load(ref dy, at, lanes));
                first.Add(value.Half(0), gradient.Half(0));
                if (V.Count > Lanes.Count)
                    second.Add(value.Half(1), gradient.Half(1));
            }

            first.Store<V, C>(ref sums, channel, channels);
            if (V.Count > Lanes.Count)
                second.Store<V, C>(ref sums, next, channels);
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
            for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                Apply<Sixteen, AllChannels<Sixteen>>(references, ref x, ref dy, ref dx, pixel + c, c, channels - c);
            for (; c <= channels - Eight.Count; c += Eight.Count)
                Apply<Eight, AllChannels<Eight>>(references, ref x, ref dy, ref dx, pixel + c, c, channels - c);
            if (c < channels)
                Apply<Eight, SomeChannels>(references, ref x, ref dy, ref dx, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<V, C>(BatchNormReferences references, ref float x, ref float dy, ref float dx, int at, int c, int lanes)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            ChannelNormalization<V> normalization = references.Load<V, C>(c, lanes);
            V value = C.Load(ref x, at, lanes);
            V gradient = TRectification.Back(normalization.Normalize(value), C.Load(ref dy, at, lanes));
            C.Store(normalization.Back(value, gradient, references.LoadBack<V, C>(c, lanes)), ref dx, at, lanes);
        }
    }
}
