using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of weights: a kernel w of 3 × 3 becomes G w Gᵀ of 6 × 6, or of 8 × 8 (<see cref="WinogradTransforms"/>). Weights lie panel after panel of 16 filters, in a panel position after
/// position, and there channel after channel. The plain weights wait in the last nine positions' places, one tap in each, and are transformed there.
/// </summary>
internal static class WinogradWeights
{
    private const int Width = ConvolutionGeometry.PanelWidth, Taps = WinogradGeometry.Taps;
    private const int Side = 3, Patch = WinogradGeometry.Four + 2, Positions = Patch * Patch;

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
        nint pitch = geometry.WeightsPitch;
        ref float weights = ref MemoryMarshal.GetReference(packed[..geometry.WeightsLength]);
        KernelOfVectors half = default;
        MatrixOfVectors largeHalf = default;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            for (nint i = 0; i < pitch; i += Lanes.Count)
            {
                if (geometry.Tile == WinogradGeometry.Four)
                    TransformKernel(ref Unsafe.Add(ref weights, i), pitch, ref half[0]);
                else
                    TransformToLarge(ref Unsafe.Add(ref weights, i), geometry.Positions, pitch, ref largeHalf[0]);
            }

            weights = ref Unsafe.Add(ref weights, geometry.PanelLength);
        }
    }

    /// <summary>
    /// Adds the gradient of the plain weights, Gᵀ u G, given that of the transformed ones.
    /// </summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="transformed">The gradient u of the transformed weights.</param>
    /// <param name="gradient">The gradient of the weights, added to: kernel rows × kernel columns × channels × filters.</param>
    public static void AddGradient(in WinogradGeometry geometry, ReadOnlySpan<float> transformed, Span<float> gradient)
    {
        ref float from = ref MemoryMarshal.GetReference(transformed[..geometry.GradientLength]);
        ref float to = ref MemoryMarshal.GetReference(gradient);
        int filters = geometry.Filters, tapLength = geometry.Channels * filters;
        nint pitch = geometry.GradientPitch;
        KernelOfVectors half = default;
        MatrixOfVectors largeHalf = default;
        for (int filter = 0; filter < filters; filter += Lanes.Count)
        {
            ref float u = ref Unsafe.Add(ref from, (filter / Width * geometry.PanelGradientLength) + (filter % Width));
            int left = filters - filter;
            for (int channel = 0; channel < geometry.Channels; channel++)
            {
                int target = (channel * filters) + filter;
                if (geometry.Tile == WinogradGeometry.Six)
                    AddLargeKernel(ref u, pitch, ref largeHalf[0], gradient, target, tapLength, Math.Min(left, Lanes.Count));
                else if (left >= Lanes.Count)
                    AddKernel<WholeLanes>(ref u, pitch, ref half[0], ref to, target, tapLength, Lanes.Count);
                else
                    AddKernel<SomeLanes>(ref u, pitch, ref half[0], ref to, target, tapLength, left);
                u = ref Unsafe.Add(ref u, Width);
            }
        }
    }

    private static Span<float> Place(in WinogradGeometry geometry, Span<float> packed, int panel, int tap) =>
        packed.Slice((panel * geometry.PanelLength) + ((geometry.Positions - Taps + tap) * geometry.WeightsPitch), geometry.WeightsPitch);

    // The plain weights are all read before anything is written.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TransformToLarge(ref float weights, int positions, nint pitch, ref float half) =>
        WinogradTransforms.Apply<WinogradTransforms.OfWeights>(
            ref Unsafe.Add(ref weights, (positions - Taps) * pitch), Side * pitch, pitch, ref half, ref weights, 8 * pitch, pitch);

    private static void TransformKernel(ref float weights, nint pitch, ref Vector256<float> half)
    {
        ref float plain = ref Unsafe.Add(ref weights, (Positions - Taps) * pitch);
        for (int i = 0; i < Side; i++)
        {
            ref float w = ref Unsafe.Add(ref plain, i * pitch);
            Transform(
                Vector256.LoadUnsafe(ref w), Vector256.LoadUnsafe(ref Unsafe.Add(ref w, Side * pitch)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref w, 2 * Side * pitch)),
                out Unsafe.Add(ref half, i), out Unsafe.Add(ref half, Side + i), out Unsafe.Add(ref half, (2 * Side) + i), out Unsafe.Add(ref half, (3 * Side) + i), out Unsafe.Add(ref half, (4 * Side) + i), out Unsafe.Add(ref half, (5 * Side) + i));
        }

        for (int i = 0; i < Patch; i++)
        {
            Transform(
                Unsafe.Add(ref half, i * Side), Unsafe.Add(ref half, (i * Side) + 1), Unsafe.Add(ref half, (i * Side) + 2),
                out Vector256<float> u0, out Vector256<float> u1, out Vector256<float> u2, out Vector256<float> u3, out Vector256<float> u4,
                out Vector256<float> u5);
            u0.StoreUnsafe(ref weights);
            u1.StoreUnsafe(ref Unsafe.Add(ref weights, pitch));
            u2.StoreUnsafe(ref Unsafe.Add(ref weights, 2 * pitch));
            u3.StoreUnsafe(ref Unsafe.Add(ref weights, 3 * pitch));
            u4.StoreUnsafe(ref Unsafe.Add(ref weights, 4 * pitch));
            u5.StoreUnsafe(ref Unsafe.Add(ref weights, 5 * pitch));
            weights = ref Unsafe.Add(ref weights, Patch * pitch);
        }
    }

    // G times three values:
    //   1/4    0    0
    //  −1/6 −1/6 −1/6
    //  −1/6  1/6 −1/6
    //  1/24 1/12  1/6
    //  1/24 −1/12 1/6
    //     0    0    1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        Vector256<float> w0, Vector256<float> w1, Vector256<float> w2,
        out Vector256<float> u0, out Vector256<float> u1, out Vector256<float> u2, out Vector256<float> u3, out Vector256<float> u4,
        out Vector256<float> u5)
    {
        Vector256<float> sixth = Vector256.Create(1f / 6f), ends = w0 + w2, quarterEnds = Vectors.MultiplyAdd(Vector256.Create(0.25f), w0, w2);
        Vector256<float> half = Vector256.Create(0.5f) * w1;
        u0 = Vector256.Create(0.25f) * w0;
        u1 = -sixth * (ends + w1);
        u2 = -sixth * (ends - w1);
        u3 = sixth * (quarterEnds + half);
        u4 = sixth * (quarterEnds - half);
        u5 = w2;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddLargeKernel(ref float transformed, nint pitch, ref float half, Span<float> gradient, int target, int tapLength, int lanes)
    {
        LargeKernel kernel = default;
        WinogradTransforms.Apply<WinogradTransforms.OfWeightGradients>(ref transformed, 8 * pitch, pitch, ref half, ref kernel[0], Side * Lanes.Count, Lanes.Count);
        ref float to = ref MemoryMarshal.GetReference(gradient);
        for (int tap = 0; tap < Taps; tap++, target += tapLength)
        {
            var value = Vector256.LoadUnsafe(ref kernel[tap * Lanes.Count]);
            if (lanes == Lanes.Count)
                Add<WholeLanes>(value, ref to, target, lanes);
            else
                Add<SomeLanes>(value, ref to, target, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddKernel<TLanes>(
        ref float transformed, nint pitch, ref Vector256<float> half, ref float gradient, int target, int tapLength, int lanes)
        where TLanes : struct, ILanes
    {
        for (int i = 0; i < Patch; i++)
        {
            ref float u = ref Unsafe.Add(ref transformed, i * pitch);
            nint row = Patch * pitch;
            Adjoint(
                Vector256.LoadUnsafe(ref u), Vector256.LoadUnsafe(ref Unsafe.Add(ref u, row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref u, 2 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref u, 3 * row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref u, 4 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref u, 5 * row)), out Unsafe.Add(ref half, i), out Unsafe.Add(ref half, Patch + i), out Unsafe.Add(ref half, (2 * Patch) + i));
        }

        for (int i = 0; i < Side; i++)
        {
            int h = i * Patch;
            Adjoint(
                Unsafe.Add(ref half, h), Unsafe.Add(ref half, h + 1), Unsafe.Add(ref half, h + 2), Unsafe.Add(ref half, h + 3), Unsafe.Add(ref half, h + 4), Unsafe.Add(ref half, h + 5),
                out Vector256<float> w0, out Vector256<float> w1, out Vector256<float> w2);
            Add<TLanes>(w0, ref gradient, target, lanes);
            Add<TLanes>(w1, ref gradient, target + tapLength, lanes);
            Add<TLanes>(w2, ref gradient, target + (2 * tapLength), lanes);
            target += Side * tapLength;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(Vector256<float> value, ref float gradient, int at, int lanes)
        where TLanes : struct, ILanes => TLanes.Store(TLanes.Load(ref gradient, at, lanes) + value, ref gradient, at, lanes);

    // Gᵀ times six values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Adjoint(
        Vector256<float> u0, Vector256<float> u1, Vector256<float> u2, Vector256<float> u3, Vector256<float> u4, Vector256<float> u5,
        out Vector256<float> w0, out Vector256<float> w1, out Vector256<float> w2)
    {
        Vector256<float> sixth = Vector256.Create(1f / 6f), quarter = Vector256.Create(0.25f);
        Vector256<float> ends = u1 + u2, farEnds = u3 + u4;
        w0 = Vectors.MultiplyAdd(sixth, Vectors.MultiplyAdd(quarter, farEnds, -ends), quarter * u0);
        w1 = sixth * Vectors.MultiplyAdd(Vector256.Create(0.5f), u3 - u4, u2 - u1);
        w2 = Vectors.MultiplyAdd(sixth, farEnds - ends, u5);
    }

    [InlineArray(Patch * Side)]
    private struct KernelOfVectors
    {
        private Vector256<float> _first;
    }

    [InlineArray(WinogradTransforms.HalfLength)]
    private struct MatrixOfVectors
    {
        private float _first;
    }

    [InlineArray(Taps * Lanes.Count)]
    private struct LargeKernel
    {
        private float _first;
    }
}
