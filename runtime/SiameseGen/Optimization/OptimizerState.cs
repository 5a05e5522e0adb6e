namespace SiameseGen.Optimization;

/// <summary>What an optimizer remembers about the weights of one encoder.</summary>
public sealed class OptimizerState
{
    private readonly AlignedBuffer<float> _first;
    private readonly AlignedBuffer<float> _second;

    /// <summary>Starts with nothing remembered.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="info">The architecture.</param>
    public OptimizerState(Optimizer optimizer, EncoderInfo info)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(info);
        Optimizer = optimizer;
        _first = new AlignedBuffer<float>(optimizer.Moments > 0 ? info.ParameterCount : 0);
        _second = new AlignedBuffer<float>(optimizer.Moments > 1 ? info.ParameterCount : 0);
    }

    /// <summary>The rule.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Updates made.</summary>
    public int Updates { get; set; }

    /// <summary>The first remembered float of each weight.</summary>
    public Span<float> First => _first.Span;

    /// <summary>The second remembered float of each weight.</summary>
    public Span<float> Second => _second.Span;

    /// <summary>Updates a run of weights.</summary>
    /// <param name="step">What holds for the whole run.</param>
    /// <param name="offset">The run's first weight in the parameter buffer.</param>
    /// <param name="values">The weights, updated.</param>
    /// <param name="gradients">Their gradients.</param>
    public void Update(in UpdateStep step, int offset, Span<float> values, ReadOnlySpan<float> gradients) =>
        Optimizer.Update(step, values, gradients, Part(_first, offset, values.Length), Part(_second, offset, values.Length));

    private static Span<float> Part(AlignedBuffer<float> buffer, int offset, int length) =>
        buffer.Length == 0 ? default : buffer.Slice(offset, length);
}
