namespace SiameseGen.Optimization;

/// <summary>
/// An exponential moving average of weights and running statistics (Polyak and Juditsky, 1992): smoother than the weights themselves, which
/// the last few batches have pulled about. Early on it forgets faster, by min(decay, (1 + t) / (10 + t)), or it would remember the start.
/// </summary>
public sealed class WeightAverage
{
    private readonly AlignedBuffer<float> _values;

    /// <summary>Starts at the present weights.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="decay">How slowly the average forgets, between 0 and 1, such as 0.999.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is outside (0, 1).</exception>
    public WeightAverage(Parameters parameters, float decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(decay > 0f && decay < 1f))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "The decay of the average is between 0 and 1.");
        Decay = decay;
        _values = new AlignedBuffer<float>(parameters.Values.Length);
        parameters.Values.CopyTo(_values.Span);
    }

    /// <summary>How slowly the average forgets.</summary>
    public float Decay { get; }

    /// <summary>The average, in the layout of <see cref="Parameters.Values"/>.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>Exchanges average and weights; twice is as if nothing had happened.</summary>
    /// <param name="parameters">The weights.</param>
    public void Exchange(Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Span<float> average = _values.Span, current = parameters.Values;
        for (int i = 0; i < average.Length; i++)
            (average[i], current[i]) = (current[i], average[i]);
        parameters.MarkChanged();
    }

    internal void Add(int update, int offset, ReadOnlySpan<float> current)
    {
        float share = 1f - Math.Min(Decay, (1f + update) / (10f + update));
        Span<float> average = _values.Slice(offset, current.Length);
        for (int i = 0; i < current.Length; i++)
            average[i] += share * (current[i] - average[i]);
    }
}
