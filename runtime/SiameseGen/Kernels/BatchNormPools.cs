using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
                    for (; c <= channels - Lanes.Count; c += Lanes.Count)
                        Apply<WholeLanes>(references, ref Unsafe.Add(ref x, from + c), channels, row, ref Unsafe.Add(ref y, c), c, channels - c);
                    if (c < channels)
                        Apply<SomeLanes>(references, ref Unsafe.Add(ref x, from + c), channels, row, ref Unsafe.Add(ref y, c), c, channels - c);
                    from += 2 * channels;
                    y = ref Unsafe.Add(ref y, channels);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(BatchNormReferences references, ref float x, int column, int row, ref float y, int c, int lanes)
            where TLanes : struct, ILanes
        {
            var window = Window.Load<TLanes>(ref x, column, row, lanes);
            ChannelNormalization normalization = references.Load<TLanes>(c, lanes);
            Vector256<float> largest = MaxPool2D.Larger(normalization.Normalize(window.First), normalization.Normalize(window.Second));
            largest = MaxPool2D.Larger(MaxPool2D.Larger(largest, normalization.Normalize(window.Third)), normalization.Normalize(window.Fourth));
            TLanes.Store(ReLU.Of(largest), ref y, 0, lanes);
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
                // Pixel after pixel, as they lie in memory; the sums stay in the first cache.
                int from = image + (2 * poolRow * row);
                for (int column = 0; column < pool.OutputWidth; column++)
                {
                    int c = 0;
                    for (; c <= channels - Lanes.Count; c += Lanes.Count)
                        Add<WholeLanes>(references, ref Unsafe.Add(ref x, from + c), row, ref dy, c, channels, ref sums);
                    if (c < channels)
                        Add<SomeLanes>(references, ref Unsafe.Add(ref x, from + c), row, ref dy, c, channels, ref sums);
                    from += 2 * channels;
                    dy = ref Unsafe.Add(ref dy, channels);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add<TLanes>(BatchNormReferences references, ref float x, int row, ref float dy, int channel, int channels, ref double sums)
            where TLanes : struct, ILanes
        {
            int lanes = channels - channel;
            var window = Window.Load<TLanes>(ref x, channels, row, lanes);
            var selection = Selection.Of(references.Load<TLanes>(channel, lanes), window);
            var own = BatchNormGradientSums.Load<TLanes>(ref sums, ref references.Center, channel, channels);
            own.Add(selection.Select(window), selection.Active & TLanes.Load(ref dy, channel, lanes));
            own.Store<TLanes>(ref sums, channel, channels);
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
                    for (; c <= channels - Lanes.Count; c += Lanes.Count)
                        Apply<WholeLanes>(references, ref Unsafe.Add(ref x, at + c), channels, row, ref dy, ref Unsafe.Add(ref dx, at + c), c, channels - c);
                    if (c < channels)
                        Apply<SomeLanes>(references, ref Unsafe.Add(ref x, at + c), channels, row, ref dy, ref Unsafe.Add(ref dx, at + c), c, channels - c);
                    dy = ref Unsafe.Add(ref dy, channels);
                }

                // A last odd column is under no window, nor is a last odd row.
                Pass(references, ref x, ref dx, from + windows, from + row, channels);
                Pass(references, ref x, ref dx, from + row + windows, from + (2 * row), channels);
            }

            Pass(references, ref x, ref dx, image + (2 * pool.OutputHeight * row), image + pool.InputLength, channels);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(BatchNormReferences references, ref float x, int column, int row, ref float dy, ref float dx, int c, int lanes)
            where TLanes : struct, ILanes
        {
            var window = Window.Load<TLanes>(ref x, column, row, lanes);
            ChannelNormalization normalization = references.Load<TLanes>(c, lanes);
            var selection = Selection.Of(normalization, window);
            ChannelGradient back = references.LoadBack<TLanes>(c, lanes);
            Vector256<float> gradient = selection.Active & TLanes.Load(ref dy, c, lanes);
            TLanes.Store(normalization.Back(window.Fourth, gradient & selection.IsFourth, back), ref dx, row + column, lanes);
            gradient = Vector256.AndNot(gradient, selection.IsFourth);
            TLanes.Store(normalization.Back(window.Third, gradient & selection.IsThird, back), ref dx, row, lanes);
            gradient = Vector256.AndNot(gradient, selection.IsThird);
            TLanes.Store(normalization.Back(window.Second, gradient & selection.IsSecond, back), ref dx, column, lanes);
            TLanes.Store(normalization.Back(window.First, Vector256.AndNot(gradient, selection.IsSecond), back), ref dx, 0, lanes);
        }
    }

    // Pixels without a gradient of their own.
    private static void Pass(BatchNormReferences references, ref float x, ref float dx, int start, int end, int channels)
    {
        for (int pixel = start; pixel < end; pixel += channels)
        {
            int c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                Apply<WholeLanes>(references, ref x, ref dx, pixel + c, c, channels - c);
            if (c < channels)
                Apply<SomeLanes>(references, ref x, ref dx, pixel + c, c, channels - c);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Apply<TLanes>(BatchNormReferences references, ref float x, ref float dx, int at, int c, int lanes)
            where TLanes : struct, ILanes
        {
            ChannelNormalization normalization = references.Load<TLanes>(c, lanes);
            TLanes.Store(normalization.Back(TLanes.Load(ref x, at, lanes), default, references.LoadBack<TLanes>(c, lanes)), ref dx, at, lanes);
        }
    }

    // The four pixels of a window, row by row.
    private readonly record struct Window(Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Window Load<TLanes>(ref float x, int column, int row, int lanes)
            where TLanes : struct, ILanes =>
            new(TLanes.Load(ref x, 0, lanes), TLanes.Load(ref x, column, lanes), TLanes.Load(ref x, row, lanes), TLanes.Load(ref x, row + column, lanes));
    }

    // Which pixel is the first maximum. Not active where the rectifier lets nothing through.
    private readonly record struct Selection(Vector256<float> IsSecond, Vector256<float> IsThird, Vector256<float> IsFourth, Vector256<float> Active)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Selection Of(ChannelNormalization normalization, Window window)
        {
            var maximum = FirstMaximum.Of(
                normalization.Normalize(window.First), normalization.Normalize(window.Second), normalization.Normalize(window.Third),
                normalization.Normalize(window.Fourth));
            Vector256<float> active = ~Vector256.LessThanOrEqual(maximum.Value, Vector256<float>.Zero);
            return new Selection(maximum.IsSecond, maximum.IsThird, maximum.IsFourth, active);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Select(Window window)
        {
            Vector256<float> value = Vector256.ConditionalSelect(IsSecond, window.Second, window.First);
            value = Vector256.ConditionalSelect(IsThird, window.Third, value);
            return Vector256.ConditionalSelect(IsFourth, window.Fourth, value);
        }
    }
}
