namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>Memory for the kernels of one layer on one thread, filled with random values: a training pass and an inference pass.</summary>
internal sealed class LayerWorkbench
{
    private const int Fan = 64;
    private readonly LayerSizes _sizes;
    private readonly InferenceMemory _memory;

    /// <summary>Allocates and fills.</summary>
    /// <param name="sizes">What the layer needs.</param>
    /// <param name="items">Items of the batch.</param>
    public LayerWorkbench(LayerSizes sizes, int items)
    {
        _sizes = sizes;
        EncoderInfo info = Describe();
        Parameters = new Parameters(info, seed: 1);
        var workspace = new TrainingWorkspace(Parameters, items, new WorkerTeam(1)); // the caller alone: no thread to end
        workspace.Begin(items, seed: 0, step: 0);
        Training = workspace.Pass(0);
        Prepared = new AlignedBuffer<float>(sizes.Prepared);
        _memory = new InferenceMemory(info, items);
        Fill(1, workspace.Inputs);
        Fill(2, workspace.EmbeddingGradients);
        Fill(3, Inference.Inputs);
    }

    /// <summary>Offset of the input, in training and at inference.</summary>
    public static int Input => 0;

    /// <summary>Offset of the output.</summary>
    public int Output => _sizes.Input;

    /// <summary>Offset of the output's gradient.</summary>
    public int OutputGradient => Output + _sizes.Output;

    /// <summary>Offset of the input's gradient.</summary>
    public int InputGradient => OutputGradient + _sizes.Output;

    /// <summary>The layer's weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>The only worker's view of a training batch.</summary>
    public TrainingPass Training { get; }

    /// <summary>Receives prepared weights.</summary>
    public AlignedBuffer<float> Prepared { get; }

    /// <summary>An inference pass over all items.</summary>
    public InferencePass Inference => _memory.Pass(Prepared.Span, _memory.Capacity);

    private EncoderInfo Describe()
    {
        var tensors = new List<ParameterTensor>();
        int offset = 0;
        foreach ((int length, Initializer initializer) in _sizes.Trainable.Concat(_sizes.State))
        {
            ParameterRole role = tensors.Count < _sizes.Trainable.Count ? ParameterRole.Weight : ParameterRole.RunningMean;
            tensors.Add(new ParameterTensor($"tensor{tensors.Count}", offset, [length], role, initializer, Fan, Fan));
            offset += length;
        }

        return new EncoderInfo
        {
            Name = "Layer",
            Input = new InputShape(1, 1, _sizes.Input, false),
            EmbeddingLength = _sizes.Output,
            ParameterCount = _sizes.Trainable.Sum(tensor => tensor.Length),
            StateCount = _sizes.State.Sum(tensor => tensor.Length),
            Tensors = [.. tensors],
            Architecture = "one layer",
            Fingerprint = new string('0', 64),
            Training = new TrainingPlan(
                InputGradient + _sizes.Input, Input, Output, OutputGradient, _sizes.Statistics, _sizes.Saved, _sizes.TrainingScratch),
            Inference = new InferencePlan(Output + _sizes.Output, Input, Output, _sizes.Prepared, _sizes.InferenceScratch),
            Distance = DistanceMetric.Euclidean,
        };
    }

    private static void Fill(uint index, Span<float> values)
    {
        var random = new CounterRandom(6, CounterRandom.Purpose.Data, index);
        foreach (ref float value in values)
            value = random.NextSingle(-1f, 1f);
    }
}
