namespace SiameseGen.Losses;

/// <summary>A dense layer, batch normalisation, a rectifier and a dense layer over a batch of embeddings: what <see cref="SimSiamLoss"/> predicts with. Its weights are the workspace's.</summary>
internal readonly ref struct Predictor
{
    private readonly LossWorkspace _workspace;
    private readonly int _items;
    private readonly int _length;
    private readonly int _hidden;
    private readonly float _epsilon;
    private readonly Span<float> _normalized;
    private readonly Span<float> _activations;
    private readonly Span<float> _deviations;

    public Predictor(LossWorkspace workspace, int items, int hidden, float epsilon)
    {
        (_workspace, _items, _length, _hidden, _epsilon) = (workspace, items, workspace.EmbeddingLength, hidden, epsilon);
        _normalized = workspace.Scratch(0, items * hidden).AsSpan(0, items * hidden);
        _activations = workspace.Scratch(1, items * hidden).AsSpan(0, items * hidden);
        _deviations = workspace.Scratch(2, hidden).AsSpan(0, hidden);
    }

    /// <summary>The predictions, item after item.</summary>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> embeddings)
    {
        ReadOnlySpan<float> values = _workspace.Learned!.Values;
        DistanceTiles.Fill<DistanceTiles.Products>(
            embeddings, _items, HiddenWeights(values), _hidden, _length, _workspace.Scratch(5, DistanceTiles.Padded(_hidden) * _length), _normalized);
        ReadOnlySpan<float> gains = Gains(values), shifts = Shifts(values);
        for (int h = 0; h < _hidden; h++)
        {
            double sum = 0, squares = 0;
            for (int i = 0; i < _items; i++)
                sum += _normalized[(i * _hidden) + h];
            float mean = (float)(sum / _items);
            for (int i = 0; i < _items; i++)
            {
                float gap = _normalized[(i * _hidden) + h] - mean;
                squares += (double)gap * gap;
            }

            _deviations[h] = MathF.Sqrt((float)(squares / _items) + _epsilon);
            for (int i = 0; i < _items; i++)
            {
                ref float value = ref _normalized[(i * _hidden) + h];
                value = (value - mean) / _deviations[h];
                float activation = (gains[h] * value) + shifts[h];
                _activations[(i * _hidden) + h] = activation <= 0f ? 0f : activation;
            }
        }

        Span<float> predictions = _workspace.Scratch(3, _items * _length).AsSpan(0, _items * _length);
        DistanceTiles.Fill<DistanceTiles.Products>(
            _activations, _items, OutputWeights(values), _length, _hidden, _workspace.Scratch(5, DistanceTiles.Padded(_length) * _hidden), predictions);
        ReadOnlySpan<float> biases = Biases(values);
        for (int i = 0; i < predictions.Length; i++)
            predictions[i] += biases[i % _length];
        return predictions;
    }

    /// <summary>From d loss / d predictions, which are used up, to those of the embeddings, overwritten, and of the weights, added.</summary>
    public void Backward(ReadOnlySpan<float> embeddings, Span<float> slopes, Span<float> gradients)
    {
        ReadOnlySpan<float> values = _workspace.Learned!.Values;
        Span<float> learned = _workspace.Learned.Gradients, ofOutputs = OutputWeights(learned), ofBiases = Biases(learned);
        for (int i = 0; i < _items; i++)
        {
            ReadOnlySpan<float> activation = _activations.Slice(i * _hidden, _hidden);
            for (int k = 0; k < _length; k++)
            {
                ref float slope = ref slopes[(i * _length) + k];
                ofBiases[k] += slope;
                DistanceMatrix.AddScaled(slope, activation, ofOutputs.Slice(k * _hidden, _hidden));
                slope = -slope;
            }
        }

        Span<float> hidden = _workspace.Scratch(6, _items * _hidden).AsSpan(0, _items * _hidden);
        GradientSums.Gather<GradientSums.Partners>(_activations, _items, OutputWeights(values), _length, _hidden, slopes, hidden, _workspace);
        BackThroughNormalization(hidden, Gains(values), Gains(learned), Shifts(learned));
        Span<float> ofHidden = HiddenWeights(learned);
        for (int i = 0; i < _items; i++)
        {
            for (int h = 0; h < _hidden; h++)
            {
                ref float slope = ref hidden[(i * _hidden) + h];
                DistanceMatrix.AddScaled(slope, embeddings.Slice(i * _length, _length), ofHidden.Slice(h * _length, _length));
                slope = -slope;
            }
        }

        GradientSums.Gather<GradientSums.Partners>(embeddings, _items, HiddenWeights(values), _hidden, _length, hidden, gradients, _workspace);
    }

    // Through rectifier, gain and shift, and the normalisation over the batch.
    private void BackThroughNormalization(Span<float> slopes, ReadOnlySpan<float> gains, Span<float> ofGains, Span<float> ofShifts)
    {
        for (int h = 0; h < _hidden; h++)
        {
            double sum = 0, along = 0;
            for (int i = 0; i < _items; i++)
            {
                int at = (i * _hidden) + h;
                if (_activations[at] == 0f)
                    slopes[at] = 0f;
                sum += slopes[at];
                along += (double)slopes[at] * _normalized[at];
            }

            ofGains[h] += (float)along;
            ofShifts[h] += (float)sum;
            float mean = (float)(sum / _items), share = (float)(along / _items), scale = gains[h] / _deviations[h];
            for (int i = 0; i < _items; i++)
            {
                int at = (i * _hidden) + h;
                slopes[at] = (slopes[at] - mean - (_normalized[at] * share)) * scale;
            }
        }
    }

    private ReadOnlySpan<float> HiddenWeights(ReadOnlySpan<float> all) => all[..(_hidden * _length)];

    private Span<float> HiddenWeights(Span<float> all) => all[..(_hidden * _length)];

    private ReadOnlySpan<float> Gains(ReadOnlySpan<float> all) => all.Slice(_hidden * _length, _hidden);

    private Span<float> Gains(Span<float> all) => all.Slice(_hidden * _length, _hidden);

    private ReadOnlySpan<float> Shifts(ReadOnlySpan<float> all) => all.Slice(_hidden * (_length + 1), _hidden);

    private Span<float> Shifts(Span<float> all) => all.Slice(_hidden * (_length + 1), _hidden);

    private ReadOnlySpan<float> OutputWeights(ReadOnlySpan<float> all) => all.Slice(_hidden * (_length + 2), _hidden * _length);

    private Span<float> OutputWeights(Span<float> all) => all.Slice(_hidden * (_length + 2), _hidden * _length);

    private ReadOnlySpan<float> Biases(ReadOnlySpan<float> all) => all[^_length..];

    private Span<float> Biases(Span<float> all) => all[^_length..];
}
