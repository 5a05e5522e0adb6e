using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>Normalised pixels that are rectified and then pooled by windows of 2×2 which tile the image; only the pools' maxima are written.</summary>
/// <param name="pool">The pooling.</param>
internal readonly struct BatchNormPools(Pool2DShape pool) : IBatchNormEnding
{
    /// <inheritdoc/>
    public void Forward(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(input), y = ref MemoryMarshal.GetReference(output);
        BatchNormReferences references = coefficients.References;
        int channels = pool.Channels, row = pool.Width * channels;
        for (int image = 0; image < input.Length; image += pool.InputLength)
        {
            for (int poolRow = 0; poolRow < pool.OutputHeight; poolRow++)
            {
                int from = image + (2 * poolRow * row);
                for (int column = 0; column < pool.OutputWidth; column++)
                {
                    int c = 0;
                    for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                        Apply<Sixteen, AllChannels<Sixteen>>(references, ref Unsafe.Add(ref x, from + c), channels, row, ref Unsafe.Add(ref y, c), c, channels - c);
                    for (; c <= channels - Eight.Count; c += Eight.Count)
                        Apply<Eight, AllChannels<Eight>>(references, ref Unsafe.Add(ref x, from + c), channels, row, ref Unsafe.Add(ref y, c), c, channels - c);
                    if (c < channels)
                        Apply<Eight, SomeChannels>(references, ref Unsafe.Add(ref x, from + c), channels, row, ref Unsafe.Add(ref y, c), c, channels - c);
                    from += 2 * channels;
                    y = ref Unsafe.Add(ref y, channels);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<V, C>(BatchNormReferences references, ref float x, int column, int row, ref float y, int c, int lanes)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            var window = Window<V>.Load<C>(ref x, column, row, lanes);
            ChannelNormalization<V> normalization = references.Load<V, C>(c, lanes);
            V largest = V.Larger(normalization.Normalize(window.First), normalization.Normalize(window.Second));
            largest = V.Larger(V.Larger(largest, normalization.Normalize(window.Third)), normalization.Normalize(window.Fourth));
            C.Store(V.Rectify(largest), ref y, 0, lanes);
        }
    }

    /// <inheritdoc/>
    public void Sum(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<double> part)
    {
        part.Clear();
        ref float x = ref MemoryMarshal.GetReference(input), dy = ref MemoryMarshal.GetReference(outputGradient);
        ref double sums = ref MemoryMarshal.GetReference(part);
        BatchNormReferences references = coefficients.References;
        int channels = pool.Channels, row = pool.Width * channels;
        for (int image = 0; image < input.Length; image += pool.InputLength)
        {
            for (int poolRow = 0; poolRow < pool.OutputHeight; poolRow++)
            {
                // Sums stay in registers for a row of windows; its pixels are fetched as they lie in memory.
                int from = image + (2 * poolRow * row), c = 0;
                CacheLines.Fetch(in Unsafe.Add(ref x, from), places: 1, step: 0, 2 * row);
                for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                    Add<Sixteen, AllChannels<Sixteen>>(references, ref Unsafe.Add(ref x, from + c), row, ref dy, pool.OutputWidth, c, channels, ref sums);
                for (; c <= channels - Eight.Count; c += Eight.Count)
                    Add<Eight, AllChannels<Eight>>(references, ref Unsafe.Add(ref x, from + c), row, ref dy, pool.OutputWidth, c, channels, ref sums);
                if (c < channels)
                    Add<Eight, SomeChannels>(references, ref Unsafe.Add(ref x, from + c), row, ref dy, pool.OutputWidth, c, channels, ref sums);
                dy = ref Unsafe.Add(ref dy, pool.OutputWidth * channels);
            }
        }

        static void Add<V, C>(
            BatchNormReferences references, ref float x, int row, ref float dy, int windows, int channel, int channels, ref double sums)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            int lanes = channels - channel, next = channel + Lanes.Count;
            ChannelNormalization<V> normalization = references.Load<V, C>(channel, lanes);
            BatchNormGradientSums first = BatchNormGradientSums.Load<V, C>(ref sums, normalization.Center.Half(0), channel, channels), second = default;
            if (V.Count > Lanes.Count)
                second = BatchNormGradientSums.Load<V, C>(ref sums, normalization.Center.Half(1), next, channels);
            for (; windows > 0; windows--)
            {
                var window = Window<V>.Load<C>(ref x, channels, row, lanes);
                var selection = Selection<V>.Of(normalization, window);
                V chosen = selection.Select(window), gradient = C.Load(ref dy, channel, lanes) & selection.Active;
                first.Add(chosen.Half(0), gradient.Half(0));
                if (V.Count > Lanes.Count)
                    second.Add(chosen.Half(1), gradient.Half(1));
                x = ref Unsafe.Add(ref x, 2 * channels);
                dy = ref Unsafe.Add(ref dy, channels);
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
        int channels = pool.Channels, row = pool.Width * channels, windows = 2 * pool.OutputWidth * channels;
        for (int image = 0; image < input.Length; image += pool.InputLength)
        {
            for (int poolRow = 0; poolRow < pool.OutputHeight; poolRow++)
            {
                int from = image + (2 * poolRow * row);
                for (int column = 0; column < pool.OutputWidth; column++)
                {
                    int at = from + (2 * column * channels), c = 0;
                    for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                        Apply<Sixteen, AllChannels<Sixteen>>(references, ref Unsafe.Add(ref x, at + c), channels, row, ref dy, ref Unsafe.Add(ref dx, at + c), c, channels - c);
                    for (; c <= channels - Eight.Count; c += Eight.Count)
                        Apply<Eight, AllChannels<Eight>>(references, ref Unsafe.Add(ref x, at + c), channels, row, ref dy, ref Unsafe.Add(ref dx, at + c), c, channels - c);
                    if (c < channels)
                        Apply<Eight, SomeChannels>(references, ref Unsafe.Add(ref x, at + c), channels, row, ref dy, ref Unsafe.Add(ref dx, at + c), c, channels - c);
                    dy = ref Unsafe.Add(ref dy, channels);
                }

                // A last odd column is under no window, nor is a last odd row.
                Pass(references, ref x, ref dx, from + windows, from + row, channels);
                Pass(references, ref x, ref dx, from + row + windows, from + (2 * row), channels);
            }

            Pass(references, ref x, ref dx, image + (2 * pool.OutputHeight * row), image + pool.InputLength, channels);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<V, C>(BatchNormReferences references, ref float x, int column, int row, ref float dy, ref float dx, int c, int lanes)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            var window = Window<V>.Load<C>(ref x, column, row, lanes);
            ChannelNormalization<V> normalization = references.Load<V, C>(c, lanes);
            var selection = Selection<V>.Of(normalization, window);
            ChannelGradient<V> back = references.LoadBack<V, C>(c, lanes);
            V gradient = C.Load(ref dy, c, lanes) & selection.Active;
            C.Store(normalization.Back(window.Fourth, gradient & selection.IsFourth, back), ref dx, row + column, lanes);
            gradient = V.AndNot(gradient, selection.IsFourth);
            C.Store(normalization.Back(window.Third, gradient & selection.IsThird, back), ref dx, row, lanes);
            gradient = V.AndNot(gradient, selection.IsThird);
            C.Store(normalization.Back(window.Second, gradient & selection.IsSecond, back), ref dx, column, lanes);
            C.Store(normalization.Back(window.First, V.AndNot(gradient, selection.IsSecond), back), ref dx, 0, lanes);
        }
    }

    // Pixels without a gradient of their own.
    private static void Pass(BatchNormReferences references, ref float x, ref float dx, int start, int end, int channels)
    {
        for (int pixel = start; pixel < end; pixel += channels)
        {
            int c = 0;
            for (; WideTiles.IsSupported && c <= channels - Sixteen.Count; c += Sixteen.Count)
                Apply<Sixteen, AllChannels<Sixteen>>(references, ref x, ref dx, pixel + c, c, channels - c);
            for (; c <= channels - Eight.Count; c += Eight.Count)
                Apply<Eight, AllChannels<Eight>>(references, ref x, ref dx, pixel + c, c, channels - c);
            if (c < channels)
                Apply<Eight, SomeChannels>(references, ref x, ref dx, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<V, C>(BatchNormReferences references, ref float x, ref float dx, int at, int c, int lanes)
            where V : struct, IFloats<V>
            where C : struct, IChannels<V>
        {
            ChannelNormalization<V> normalization = references.Load<V, C>(c, lanes);
            C.Store(normalization.Back(C.Load(ref x, at, lanes), default, references.LoadBack<V, C>(c, lanes)), ref dx, at, lanes);
        }
    }

    // The four pixels of a window, row by row.
    private readonly record struct Window<V>(V First, V Second, V Third, V Fourth)
        where V : struct, IFloats<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Window<V> Load<C>(ref float x, int column, int row, int lanes)
            where C : struct, IChannels<V> =>
            new(C.Load(ref x, 0, lanes), C.Load(ref x, column, lanes), C.Load(ref x, row, lanes), C.Load(ref x, row + column, lanes));
    }

    // Which pixel is the first maximum. Not active where the rectifier lets nothing through.
    private readonly record struct Selection<V>(V IsSecond, V IsThird, V IsFourth, V Active)
        where V : struct, IFloats<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Selection<V> Of(ChannelNormalization<V> normalization, Window<V> window)
        {
            var maximum = FirstMaximum<V>.Of(
                normalization.Normalize(window.First), normalization.Normalize(window.Second), normalization.Normalize(window.Third),
                normalization.Normalize(window.Fourth));
            return new Selection<V>(maximum.IsSecond, maximum.IsThird, maximum.IsFourth, V.IsActive(maximum.Value));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Select(Window<V> window) =>
            V.Select(IsFourth, window.Fourth, V.Select(IsThird, window.Third, V.Select(IsSecond, window.Second, window.First)));
    }
}
