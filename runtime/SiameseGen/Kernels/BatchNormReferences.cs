using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Where a worker's coefficients are: references, so that loops need no spans.</summary>
internal readonly ref struct BatchNormReferences(scoped in BatchNormCoefficients coefficients)
{
    /// <summary>The first channel's center.</summary>
    public readonly ref float Center = ref MemoryMarshal.GetReference(coefficients.Centers);

    private readonly ref float _scale = ref MemoryMarshal.GetReference(coefficients.Scales);
    private readonly ref float _summand = ref MemoryMarshal.GetReference(coefficients.Summands);
    private readonly ref float _slope = ref MemoryMarshal.GetReference(coefficients.Slopes);
    private readonly ref float _offset = ref MemoryMarshal.GetReference(coefficients.Offsets);

    /// <summary>Loads what normalises some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelNormalization Load<TLanes>(int channel, int lanes)
        where TLanes : struct, ILanes =>
        new(TLanes.Load(ref Center, channel, lanes), TLanes.Load(ref _scale, channel, lanes), TLanes.Load(ref _summand, channel, lanes));

    /// <summary>Loads what leads gradients of some channels back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelGradient LoadBack<TLanes>(int channel, int lanes)
        where TLanes : struct, ILanes => new(TLanes.Load(ref _slope, channel, lanes), TLanes.Load(ref _offset, channel, lanes));
}

/// <summary>The gradient of the mean and the variance, for some channels.</summary>
/// <param name="Slope">Times (x − center).</param>
/// <param name="Offset">Added to each gradient.</param>
internal readonly record struct ChannelGradient(Vector256<float> Slope, Vector256<float> Offset);

/// <summary>How some channels are normalised: y = scale · (x − center) + summand.</summary>
/// <param name="Center">The mean, rounded.</param>
/// <param name="Scale">γ / √(variance + ε).</param>
/// <param name="Summand">β and what rounding left of the mean.</param>
internal readonly record struct ChannelNormalization(Vector256<float> Center, Vector256<float> Scale, Vector256<float> Summand)
{
    /// <summary>y from x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Normalize(Vector256<float> x) => Vectors.MultiplyAdd(x - Center, Scale, Summand);

    /// <summary>dx from x and dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Back(Vector256<float> x, Vector256<float> gradient, ChannelGradient back) =>
        Vectors.MultiplyAdd(x - Center, back.Slope, gradient + back.Offset) * Scale;
}
