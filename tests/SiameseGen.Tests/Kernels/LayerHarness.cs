namespace SiameseGen.Tests.Kernels;

/// <summary>Runs the kernels of one layer over a batch as a generated encoder would, on any number of threads.</summary>
internal sealed class LayerHarness : IDisposable
{
    public const ulong Seed = 77, Step = 5;

    private readonly LayerCase _layer;
    private readonly LayerOffsets _at;
    private readonly WorkerTeam _team;
    private readonly TrainingWorkspace _workspace;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private readonly long[] _allocated;

    /// <param name="layer">The layer.</param>
    /// <param name="items">Items of the batch; the workspace has room for more.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="inPlace">Whether to write over inputs and gradients where the layer may.</param>
    public LayerHarness(LayerCase layer, int items, int workers = 1, bool inPlace = false)
    {
        _layer = layer;
        int output = inPlace && layer.ForwardInPlace ? 0 : layer.InputLength;
        int outputGradient = layer.InputLength + layer.OutputLength;
        int inputGradient = inPlace && layer.BackwardInPlace ? outputGradient : outputGradient + layer.OutputLength;
        _at = new LayerOffsets(0, output, outputGradient, inputGradient, inputGradient + Math.Max(layer.InputLength, layer.OutputLength));
        _team = new WorkerTeam(workers);
        _workspace = new TrainingWorkspace(new Parameters(Describe(layer, _at), 0), items + 3, _team);
        _workspace.Begin(items, Seed, Step);
        _allocated = new long[workers];
        _forward = worker => Measured(worker, layer.Forward);
        _backward = worker => Measured(worker, layer.Backward);
        Fill(1, Parameters.Values);
    }

    public Parameters Parameters => _workspace.Parameters;

    public int Items => _workspace.BatchSize;

    /// <summary>Bytes that the workers allocated in the last run.</summary>
    public long Allocated => _allocated.Sum();

    public Span<float> Input => Tensor(_at.Input, _layer.InputLength);

    public Span<float> Output => Tensor(_at.Output, _layer.OutputLength);

    /// <summary>The memory of the outputs and the input's gradients after the batch's last item, where there is room for more items.</summary>
    public (float[] Output, float[] InputGradient) Beyond => (
        _workspace.Activations(_at.Output, _layer.OutputLength, Items, _workspace.Capacity - Items).ToArray(),
        _workspace.Activations(_at.InputGradient, _layer.InputLength, Items, _workspace.Capacity - Items).ToArray());

    public Span<float> InputGradient => Tensor(_at.InputGradient, _layer.InputLength);

    public float[] Forward(float[] input)
    {
        Tensor(_at.Output, _layer.OutputLength).Fill(float.NaN);
        Tensor(_at.Marks, _layer.Marks).Fill(float.NaN);
        input.CopyTo(Tensor(_at.Input, _layer.InputLength));
        _team.Run(_forward);
        return Output.ToArray();
    }

    public float[] Backward(float[] outputGradient)
    {
        Tensor(_at.InputGradient, _layer.InputLength).Fill(float.NaN); // overwritten, whatever was there
        outputGradient.CopyTo(Tensor(_at.OutputGradient, _layer.OutputLength));
        _team.Run(_backward);
        return InputGradient.ToArray();
    }

    /// <summary>Runs forward and backward again on what is there.</summary>
    public void Run()
    {
        _team.Run(_forward);
        _team.Run(_backward);
    }

    public float[] Infer(float[] input)
    {
        float[] weights = new float[_layer.PreparedLength];
        _layer.Prepare(Parameters, weights);
        InferencePass pass = new InferenceMemory(Parameters.Info, Items + 2).Pass(weights, Items);
        input.CopyTo(pass.Inputs);
        _layer.Infer!(pass, _at);
        return pass.Embeddings.ToArray();
    }

    /// <summary>The gradient of one shard.</summary>
    public float[] Gradients(int shard) => _workspace.Gradients(shard).ToArray();

    /// <summary>The gradient of the trainable parameters, the shards' added up.</summary>
    public double[] Gradients()
    {
        double[] sum = new double[Parameters.Info.ParameterCount];
        for (int shard = 0; shard < Shard.Count; shard++)
        {
            for (int i = 0; i < sum.Length; i++)
                sum[i] += _workspace.Gradients(shard)[i];
        }

        return sum;
    }

    public static float[] Random(uint index, int count)
    {
        float[] values = new float[count];
        Fill(index, values);
        return values;
    }

    public void Dispose() => _team.Dispose();

    // Never 0, so that gains and variances are what they may be: between ½ and 2 in magnitude, and positive for parameters.
    private static void Fill(uint index, Span<float> values)
    {
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, index);
        foreach (ref float value in values)
            value = random.NextSingle(0.5f, 2f) * (index > 1 && random.NextInt32(2) == 0 ? -1f : 1f);
    }

    private static EncoderInfo Describe(LayerCase layer, LayerOffsets at)
    {
        int offset = 0;
        ParameterTensor Tensor(int length, ParameterRole role)
        {
            var tensor = new ParameterTensor($"tensor{offset}", offset, [length], role, Initializer.Ones, 1, 1);
            offset += length;
            return tensor;
        }

        ParameterTensor[] trainable = [.. layer.Trainable.Select(length => Tensor(length, ParameterRole.Gain))];
        ParameterTensor[] state = [.. layer.State.Select(length => Tensor(length, ParameterRole.RunningMean))];
        return new EncoderInfo
        {
            Name = "Layer",
            Input = new InputShape(1, 1, layer.InputLength, false),
            EmbeddingLength = layer.OutputLength,
            ParameterCount = layer.Trainable.Sum(),
            StateCount = layer.State.Sum(),
            Tensors = [.. trainable, .. state],
            Architecture = "one layer",
            Fingerprint = new string('0', 64),
            Training = new TrainingPlan(at.Marks + layer.Marks, at.Input, at.Output, at.OutputGradient, layer.StatisticsLength, layer.SavedLength, layer.TrainingScratch),
            Inference = new InferencePlan(at.Marks, at.Input, at.Output, layer.PreparedLength, layer.InferenceScratch),
            Distance = DistanceMetric.Euclidean,
        };
    }

    private void Measured(int worker, Action<TrainingPass, LayerOffsets> kernel)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        kernel(_workspace.Pass(worker), _at);
        _allocated[worker] = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private Span<float> Tensor(int offset, int length) => _workspace.Activations(offset, length, 0, Items);
}
