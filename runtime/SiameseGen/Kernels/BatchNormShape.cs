namespace SiameseGen.Kernels;

/// <summary>The shape of batch normalisation over channels-last images or vectors.</summary>
/// <param name="Pixels">Pixels of one item; 1 for a vector.</param>
/// <param name="Channels">Channels of a pixel; the length of a vector.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Momentum">The weight of a batch in the running statistics.</param>
public readonly record struct BatchNormShape(int Pixels, int Channels, float Epsilon, float Momentum)
{
    /// <summary>Floats in one item.</summary>
    public int Length => Pixels * Channels;
}

/// <summary>The batch normalisation that is folded into a layer's weights for inference.</summary>
/// <param name="Gain">Offset of the gains γ in the parameters; −1 when there is no batch normalisation.</param>
/// <param name="Shift">Offset of the shifts β.</param>
/// <param name="RunningMean">Offset of the running means.</param>
/// <param name="RunningVariance">Offset of the running variances.</param>
/// <param name="Epsilon">What is added to the variance.</param>
public readonly record struct BatchNormFold(int Gain, int Shift, int RunningMean, int RunningVariance, float Epsilon)
{
    /// <summary>No batch normalisation.</summary>
    public static BatchNormFold None => new(-1, -1, -1, -1, 0f);

    /// <summary>Whether there is none.</summary>
    public bool IsNone => Gain < 0;

    // Folds one filter's normalisation into its bias; the result is what the filter's weights are to be multiplied by, γ / √(σ² + ε).
    internal double FoldBias(Parameters parameters, int filter, ref float bias)
    {
        float gain = parameters.Values[Gain + filter], shift = parameters.Values[Shift + filter];
        float mean = parameters.Values[RunningMean + filter], variance = parameters.Values[RunningVariance + filter];
        double scale = gain / Math.Sqrt((double)variance + Epsilon);
        bias = (float)(((bias - (double)mean) * scale) + shift);
        return scale;
    }
}
