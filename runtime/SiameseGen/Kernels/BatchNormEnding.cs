using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// What is done with normalised values in the same sweep over memory, and how gradients come back through it. What a sweep of its own would have stored is
/// computed again from the input: arithmetic is faster than memory.
/// </summary>
internal interface IBatchNormEnding
{
    /// <summary>Normalises a shard's input and goes on to the output.</summary>
    /// <param name="coefficients">The channels' coefficients.</param>
    /// <param name="input">The input of a shard.</param>
    /// <param name="output">Receives the output.</param>
    void Forward(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>For each channel the sum of the gradients of normalised values, then of those times (input − center).</summary>
    /// <param name="coefficients">The channels' coefficients.</param>
    /// <param name="input">The input of a shard.</param>
    /// <param name="outputGradient">The gradient of the output.</param>
    /// <param name="part">Receives 2 · channels doubles.</param>
    void Sum(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<double> part);

    /// <summary>The gradient of the input.</summary>
    /// <param name="coefficients">The channels' coefficients.</param>
    /// <param name="input">The input of a shard.</param>
    /// <param name="outputGradient">The gradient of the output.</param>
    /// <param name="inputGradient">Receives it; may be the input's place, or the output gradient's where that has the same length.</param>
    void Backward(in BatchNormCoefficients coefficients, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient);
}

/// <summary>Sums of eight channels in double precision: gradients, and gradients times (input − center).</summary>
internal struct BatchNormGradientSums
{
    private readonly Vector256<double> _centerLow, _centerHigh;
    private Vector256<double> _sumLow, _sumHigh, _productLow, _productHigh;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private BatchNormGradientSums(
        Vector256<float> center, Vector256<double> sumLow, Vector256<double> sumHigh, Vector256<double> productLow, Vector256<double> productHigh)
    {
        (_centerLow, _centerHigh) = Vector256.Widen(center);
        _sumLow = sumLow;
        _sumHigh = sumHigh;
        _productLow = productLow;
        _productHigh = productHigh;
    }

    /// <summary>Goes on with sums that were stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BatchNormGradientSums Load<V, C>(ref double sums, Vector256<float> center, int channel, int channels)
        where V : struct, IFloats<V>
        where C : struct, IChannels<V>
    {
        int lanes = channels - channel, second = channels + channel;
        return new BatchNormGradientSums(
            center, C.Load(ref sums, channel, lanes), C.Load(ref sums, channel + 4, lanes - 4),
            C.Load(ref sums, second, lanes), C.Load(ref sums, second + 4, lanes - 4));
    }

    /// <summary>Adds one pixel's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector256<float> x, Vector256<float> gradient)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(x);
        (Vector256<double> slopeLow, Vector256<double> slopeHigh) = Vector256.Widen(gradient);
        _sumLow += slopeLow;
        _sumHigh += slopeHigh;
        _productLow += slopeLow * (low - _centerLow);
        _productHigh += slopeHigh * (high - _centerHigh);
    }

    /// <summary>Stores the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store<V, C>(ref double sums, int channel, int channels)
        where V : struct, IFloats<V>
        where C : struct, IChannels<V>
    {
        int lanes = channels - channel, second = channels + channel;
        C.Store(_sumLow, ref sums, channel, lanes);
        C.Store(_sumHigh, ref sums, channel + 4, lanes - 4);
        C.Store(_productLow, ref sums, second, lanes);
        C.Store(_productHigh, ref sums, second + 4, lanes - 4);
    }
}
