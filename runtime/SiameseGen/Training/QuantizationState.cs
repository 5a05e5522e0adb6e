namespace SiameseGen.Training;

/// <summary>What one training with <see cref="SimulatedQuantization"/> keeps between and within steps. Allocated once; steps allocate nothing, and nothing depends on the number of workers.</summary>
internal sealed class QuantizationState
{
    private const float LargestWeightCode = 127f;
    private const int LowestCode = sbyte.MinValue, HighestCode = sbyte.MaxValue;

    private readonly SimulatedQuantization _quantization;
    private readonly Parameters _parameters;
    private readonly float[] _all;
    private readonly float[] _full;
    private readonly byte[][] _clipped;
    private ActivationCodes[] _codes = [];

    /// <summary>Allocates what a training needs.</summary>
    /// <param name="quantization">What is rounded.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="capacity">Most items of a batch.</param>
    public QuantizationState(SimulatedQuantization quantization, Parameters parameters, int capacity)
    {
        _quantization = quantization;
        _parameters = parameters;
        _all = new float[parameters.Values.Length];
        _full = new float[parameters.Info.ParameterCount];
        _clipped = [.. quantization.Lengths.Select(length => new byte[(long)length * capacity])];
    }

    /// <summary>Finds the codes of activations anew.</summary>
    /// <param name="cancellationToken">Ends the search; the codes stay as they were.</param>
    public void FindRanges(CancellationToken cancellationToken)
    {
        _parameters.Values.CopyTo(_all);
        _codes = _quantization.Measure(_all, cancellationToken);
    }

    /// <summary>Before a step, on one thread: keeps the weights in full, and finds the codes of activations if there are none.</summary>
    public void Begin()
    {
        _parameters.Trainable.CopyTo(_full);
        if (_codes.Length == 0)
            FindRanges(CancellationToken.None);
    }

    /// <summary>Rounds a worker's share of the weights.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="workers">How many there are.</param>
    public void RoundWeights(int worker, int workers)
    {
        for (int i = worker; i < _quantization.Weights.Count; i += workers)
        {
            QuantizedTensor tensor = _quantization.Weights[i];
            Span<float> values = _parameters.Values.Slice(tensor.Offset, tensor.Depth * tensor.Filters);
            for (int filter = 0; filter < tensor.Filters; filter++)
                Round(values, filter, tensor.Filters);
        }
    }

    /// <summary>Puts a worker's share of the weights back as they are in full.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="workers">How many there are.</param>
    public void RestoreWeights(int worker, int workers)
    {
        for (int i = worker; i < _quantization.Weights.Count; i += workers)
        {
            QuantizedTensor tensor = _quantization.Weights[i];
            _full.AsSpan(tensor.Offset, tensor.Depth * tensor.Filters).CopyTo(_parameters.Values[tensor.Offset..]);
        }
    }

    /// <summary>Rounds the activations of a shard to their codes and remembers which ones were clipped.</summary>
    /// <param name="value">Which activation.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="activations">Its activations.</param>
    /// <exception cref="InvalidOperationException">Generated code and the exporter do not mean the same activation.</exception>
    public void Round(int value, int length, Shard shard, Span<float> activations)
    {
        if ((uint)value >= (uint)_codes.Length || _quantization.Lengths[value] != length)
            throw new InvalidOperationException("The encoder's generated code rounds other activations than the exporter does. Use packages SiameseGen and SiameseGen.Export of one version.");
        Span<byte> clipped = Clipped(value, length, shard);
        ActivationCodes codes = _codes[value];
        float zero = codes.Zero, low = codes.Scale * (LowestCode - zero), high = codes.Scale * (HighestCode - zero);
        for (int i = 0; i < activations.Length; i++)
        {
            // Comparisons with what is not a number are false and leave it as it is, so that divergence is noticed.
            float x = activations[i];
            bool isBelow = x < low, isAbove = x > high;
            clipped[i] = isBelow || isAbove ? (byte)1 : (byte)0;
            activations[i] = isBelow ? low : isAbove ? high : MathF.Round(x / codes.Scale) * codes.Scale;
        }
    }

    /// <summary>Clears the gradient of what was clipped.</summary>
    /// <param name="value">Which activation.</param>
    /// <param name="length">Floats of an item.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="gradients">The gradients of its activations.</param>
    public void RoundGradients(int value, int length, Shard shard, Span<float> gradients)
    {
        Span<byte> clipped = Clipped(value, length, shard);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (clipped[i] != 0)
                gradients[i] = 0f;
        }
    }

    private Span<byte> Clipped(int value, int length, Shard shard) => _clipped[value].AsSpan(shard.Start * length, shard.Items * length);

    private static void Round(Span<float> values, int filter, int filters)
    {
        float largest = 0f;
        for (int i = filter; i < values.Length; i += filters)
            largest = Math.Max(largest, MathF.Abs(values[i]));
        float scale = largest / LargestWeightCode;

        // So small that there is nothing to divide by; or not finite, which the loss will show.
        if (!(scale > 0f && float.IsFinite(1f / scale)))
            return;
        for (int i = filter; i < values.Length; i += filters)
            values[i] = MathF.Round(values[i] / scale) * scale;
    }
}
