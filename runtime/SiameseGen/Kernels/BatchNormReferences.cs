using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>Where a worker's coefficients are: references, so that loops need no spans.</summary>
internal readonly ref struct BatchNormReferences(scoped in BatchNormCoefficients coefficients)
{
    private readonly ref float _center = ref MemoryMarshal.GetReference(coefficients.Centers);

    private readonly ref float _scale = ref MemoryMarshal.GetReference(coefficients.Scales);
    private readonly ref float _summand = ref MemoryMarshal.GetReference(coefficients.Summands);
    private readonly ref float _slope = ref MemoryMarshal.GetReference(coefficients.Slopes);
    private readonly ref float _offset = ref MemoryMarshal.GetReference(coefficients.Offsets);

    /// <summary>Loads what normalises some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelNormalization<V> Load<V, C>(int channel, int lanes)
        where V : struct, IFloats<V>
        where C : struct, IChannels<V> =>
        new(C.Load(ref _center, channel, lanes), C.Load(ref _scale, channel, lanes), C.Load(ref _summand, channel, lanes));

    /// <summary>Loads what leads gradients of some channels back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChannelGradient<V> LoadBack<V, C>(int channel, int lanes)
        where V : struct, IFloats<V>
        where C : struct, IChannels<V> => new(C.Load(ref _slope, channel, lanes), C.Load(ref _offset, channel, lanes));
}

/// <summary>The gradient of the mean and the variance, for some channels.</summary>
/// <typeparam name="V">The channels.</typeparam>
/// <param name="Slope">Times (x − center).</param>
/// <param name="Offset">Added to each gradient.</param>
internal readonly record struct ChannelGradient<V>(V Slope, V Offset)
    where V : struct, IFloats<V>;

/// <summary>How some channels are normalised: y = scale · (x − center) + summand.</summary>
/// <typeparam name="V">The channels.</typeparam>
/// <param name="Center">The mean, rounded.</param>
/// <param name="Scale">γ / √(variance + ε).</param>
/// <param name="Summand">β and what rounding left of the mean.</param>
internal readonly record struct ChannelNormalization<V>(V Center, V Scale, V Summand)
    where V : struct, IFloats<V>
{
    /// <summary>y from x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Normalize(V x) => V.MultiplyAdd(x - Center, Scale, Summand);

    /// <summary>dx from x and dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Back(V x, V gradient, ChannelGradient<V> back) =>
        V.MultiplyAdd(x - Center, back.Slope, gradient + back.Offset) * Scale;
}
