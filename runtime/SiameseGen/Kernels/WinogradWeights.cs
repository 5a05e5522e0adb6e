using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of weights: a kernel w of 3 × 3 becomes G w Gᵀ of 6 × 6, or of 8 × 8 (<see cref="WinogradTransform{V}"/>). Weights lie panel after panel of 16 filters, in a panel
/// position after position, and there channel after channel. The plain weights wait in the last nine positions' places, one tap in each, and are transformed there.
/// </summary>
internal static class WinogradWeights
{
    private const int Width = ConvolutionGeometry.PanelWidth, Taps = WinogradGeometry.Taps;

    /// <summary>Loads plain weights.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="weights">Kernel rows × kernel columns × channels × filters.</param>
    /// <param name="packed">Receives them.</param>
    public static void Load(in WinogradGeometry geometry, ReadOnlySpan<float> weights, Span<float> packed)
    {
        int filters = geometry.Filters, channels = geometry.Channels;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            int first = panel * Width, count = Math.Min(Width, filters - first);
            for (int tap = 0; tap < Taps; tap++)
            {
                Span<float> target = Place(geometry, packed, panel, tap);
                for (int channel = 0; channel < channels; channel++)
                {
                    Span<float> row = target.Slice(channel * Width, Width);
                    weights.Slice((((tap * channels) + channel) * filters) + first, count).CopyTo(row);
                    row[count..].Clear();
                }
            }
        }
    }

    /// <summary>Loads plain weights for the gradient of the input: the kernel rotated by half a turn, channels and filters exchanged.</summary>
    /// <param name="geometry">The geometry of the gradient: its filters are the channels of the convolution.</param>
    /// <param name="weights">The convolution's weights: kernel rows × kernel columns × channels × filters.</param>
    /// <param name="packed">Receives them.</param>
    public static void LoadRotated(in WinogradGeometry geometry, ReadOnlySpan<float> weights, Span<float> packed)
    {
        int channels = geometry.Filters, filters = geometry.Channels;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            int first = panel * Width, count = Math.Min(Width, channels - first);
            for (int tap = 0; tap < Taps; tap++)
            {
                Span<float> target = Place(geometry, packed, panel, tap);
                if (count < Width)
                    target.Clear();
                ReadOnlySpan<float> rows = weights.Slice((((Taps - 1 - tap) * channels) + first) * filters, count * filters);
                for (int channel = 0; channel < count; channel++)
                {
                    ReadOnlySpan<float> row = rows.Slice(channel * filters, filters);
                    for (int filter = 0; filter < filters; filter++)
                        target[(filter * Width) + channel] = row[filter];
                }
            }
        }
    }

    /// <summary>Folds a batch normalisation into loaded weights and biases.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="parameters">The weights that the offsets lead into.</param>
    /// <param name="fold">What to fold.</param>
    /// <param name="packed">Loaded weights.</param>
    /// <param name="bias">Biases.</param>
    public static void Fold(in WinogradGeometry geometry, Parameters parameters, in BatchNormFold fold, Span<float> packed, Span<float> bias)
    {
        for (int filter = 0; filter < geometry.Filters; filter++)
        {
            double scale = fold.FoldBias(parameters, filter, ref bias[filter]);
            for (int tap = 0; tap < Taps; tap++)
            {
                Span<float> weights = Place(geometry, packed, filter / Width, tap);
                for (int i = filter % Width; i < weights.Length; i += Width)
                    weights[i] = (float)(weights[i] * scale);
            }
        }
    }

    /// <summary>Transforms loaded weights.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="packed">Loaded weights; receives the transformed ones.</param>
    public static void Transform(in WinogradGeometry geometry, Span<float> packed)
    {
        int points = geometry.Points;
        nint pitch = geometry.WeightsPitch;
        ref float weights = ref MemoryMarshal.GetReference(packed[..geometry.WeightsLength]);
        WinogradMatrix matrix = default;
        ref float half = ref WinogradMatrix.Of(ref matrix);
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            for (nint i = 0; i < pitch; i += WideTiles.IsSupported ? Sixteen.Count : Eight.Count)
            {
                if (WideTiles.IsSupported)
                    TransformKernel<Sixteen>(points, ref Unsafe.Add(ref weights, i), pitch, ref half);
                else
                    TransformKernel<Eight>(points, ref Unsafe.Add(ref weights, i), pitch, ref half);
            }

            weights = ref Unsafe.Add(ref weights, geometry.PanelLength);
        }
    }

    /// <summary>
    /// Adds the gradient of the plain weights, Gᵀ u G, given that of the transformed ones.
    /// </summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="transformed">The gradient u of the transformed weights; overwritten.</param>
    /// <param name="gradient">The gradient of the weights, added to: kernel rows × kernel columns × channels × filters.</param>
    public static void AddGradient(in WinogradGeometry geometry, Span<float> transformed, Span<float> gradient)
    {
        int length = geometry.Channels * Width, points = geometry.Points;
        nint pitch = geometry.GradientPitch;
        ref float u = ref MemoryMarshal.GetReference(transformed[..geometry.GradientLength]);
        WinogradMatrix matrix = default;
        ref float half = ref WinogradMatrix.Of(ref matrix);
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            for (nint i = 0; i < length; i += WideTiles.IsSupported ? Sixteen.Count : Eight.Count)
            {
                if (WideTiles.IsSupported)
                    TransformGradient<Sixteen>(points, ref Unsafe.Add(ref u, i), pitch, ref half);
                else
                    TransformGradient<Eight>(points, ref Unsafe.Add(ref u, i), pitch, ref half);
            }

            u = ref Unsafe.Add(ref u, geometry.PanelGradientLength);
        }

        AddTaps(geometry, transformed, gradient);
    }

    // The gradient is somewhere in memory, which gives it faster when it is read in order.
    private static void AddTaps(in WinogradGeometry geometry, ReadOnlySpan<float> taps, Span<float> gradient)
    {
        int pitch = geometry.GradientPitch, panel = geometry.PanelGradientLength, filters = geometry.Filters;
        for (int tap = 0; tap < Taps; tap++)
        {
            for (int channel = 0; channel < geometry.Channels; channel++)
            {
                int from = (tap * pitch) + (channel * Width);
                Span<float> row = gradient[..filters];
                for (int first = 0; first < row.Length; first += Width, from += panel)
                    Add(taps.Slice(from, Width), row[first..]);
                gradient = gradient[row.Length..];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add(ReadOnlySpan<float> taps, Span<float> sums)
        {
            if (sums.Length >= Width)
            {
                ref float from = ref MemoryMarshal.GetReference(taps), to = ref MemoryMarshal.GetReference(sums);
                for (int lane = 0; lane < Width; lane += Eight.Count)
                    (Eight.Load(ref Unsafe.Add(ref to, lane)) + Eight.Load(ref Unsafe.Add(ref from, lane))).Store(ref Unsafe.Add(ref to, lane));
                return;
            }

            for (int i = 0; i < sums.Length; i++)
                sums[i] += taps[i];
        }
    }

    private static Span<float> Place(in WinogradGeometry geometry, Span<float> packed, int panel, int tap) =>
        packed.Slice((panel * geometry.PanelLength) + ((geometry.Positions - Taps + tap) * geometry.WeightsPitch), geometry.WeightsPitch);

    // The plain weights are all read before anything is written.
    private static void TransformKernel<V>(int points, ref float weights, nint pitch, ref float half)
        where V : struct, IFloats<V>
    {
        ref float plain = ref Unsafe.Add(ref weights, ((points * points) - Taps) * pitch);
        if (points == WinogradGeometry.SixPoints)
            Transform<V, WinogradTransform<V>.SixPoints.OfWeights>(ref plain, ref weights, pitch, ref half);
        else
            Transform<V, WinogradTransform<V>.EightPoints.OfWeights>(ref plain, ref weights, pitch, ref half);
    }

    // Taps take the first nine positions' places, when all positions have been read.
    private static void TransformGradient<V>(int points, ref float transformed, nint pitch, ref float half)
        where V : struct, IFloats<V>
    {
        if (points == WinogradGeometry.SixPoints)
            Transform<V, WinogradTransform<V>.SixPoints.OfWeightGradients>(ref transformed, ref transformed, pitch, ref half);
        else
            Transform<V, WinogradTransform<V>.EightPoints.OfWeightGradients>(ref transformed, ref transformed, pitch, ref half);
    }

    // A matrix of vectors, its columns and then its rows, from and to places that lie a pitch apart. Apart, so that the loops' registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Transform<V, T>(ref float from, ref float to, nint pitch, ref float half)
        where V : struct, IFloats<V>
        where T : struct, IWinogradTransform
    {
        for (int i = 0; i < T.Inputs; i++)
            T.Apply(new WinogradSteps(ref Unsafe.Add(ref from, i * pitch), T.Inputs * pitch), new WinogradSteps(ref Unsafe.Add(ref half, i * V.Count), T.Inputs * V.Count));
        for (int i = 0; i < T.Outputs; i++)
            T.Apply(new WinogradSteps(ref Unsafe.Add(ref half, i * T.Inputs * V.Count), V.Count), new WinogradSteps(ref Unsafe.Add(ref to, i * T.Outputs * pitch), pitch));
    }
}
