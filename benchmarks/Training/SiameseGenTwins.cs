using SiameseGen.Losses;
using SiameseGen.Sampling;
using SiameseGen.Training;

namespace SiameseGen.Benchmarks.Training;

/// <summary>Trains a generated encoder, step by step.</summary>
/// <typeparam name="TEncoder">The encoder.</typeparam>
internal sealed class SiameseGenTwins<TEncoder> : IContestant, IDisposable
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly Glyphs _glyphs;
    private readonly Batch[] _batches;
    private readonly float _learningRate;
    private readonly WorkerTeam _team;
    private readonly TrainingStep<TEncoder> _step;
    private int _next;

    /// <summary>Allocates all that training needs.</summary>
    /// <param name="encoder">The encoder to train.</param>
    /// <param name="glyphs">The examples.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="learningRate">The learning rate of AdamW.</param>
    public SiameseGenTwins(TEncoder encoder, Glyphs glyphs, Batch[] batches, int threads, float learningRate)
    {
        _encoder = encoder;
        _glyphs = glyphs;
        _batches = batches;
        _learningRate = learningRate;
        _team = new WorkerTeam(threads);
        _step = new TrainingStep<TEncoder>(encoder, glyphs, _team, batches[0].Count);
    }

    /// <inheritdoc/>
    public string Name => "SiameseGen";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Step, duration, milliseconds);

    /// <summary>Counts the bytes that steps allocate, on every thread that takes part.</summary>
    /// <param name="steps">Steps to make.</param>
    /// <returns>Bytes in all steps together.</returns>
    public long Allocations(int steps)
    {
        long[] bytes = new long[_team.Workers];
        Action<int> begin = worker => bytes[worker] = -GC.GetAllocatedBytesForCurrentThread();
        Action<int> end = worker => bytes[worker] += GC.GetAllocatedBytesForCurrentThread();
        _team.Run(begin);
        for (int i = 0; i < steps; i++)
            Step();
        _team.Run(end);
        return bytes.Sum();
    }

    /// <summary>Runs the first batch forward and backward without an update.</summary>
    public TwinsOutput FirstBatch()
    {
        EncoderInfo info = TEncoder.Info;
        EmbeddingLoss loss = info.Loss ?? throw new InvalidOperationException($"{info.Name} declares no loss.");
        Batch batch = _batches[0];
        var workspace = new TrainingWorkspace(_encoder.Parameters, batch.Count, _team);
        var lossWorkspace = new LossWorkspace(batch.Count, info.EmbeddingLength) { Learned = loss.CreateWeights(batch.Count, info.EmbeddingLength, seed: 1) };
        workspace.Begin(batch.Count, 0, 0);
        for (int i = 0; i < batch.Count; i++)
        {
            CounterRandom none = default;
            _glyphs.Read(batch.Items[i], workspace.Inputs.Slice(i * _glyphs.InputLength, _glyphs.InputLength), ref none);
        }

        _team.Run(worker => TEncoder.Forward(workspace.Pass(worker)));
        float value = loss.Evaluate(batch, workspace.Embeddings, workspace.EmbeddingGradients, lossWorkspace).Loss;
        float[] embeddings = workspace.Embeddings.ToArray();
        _team.Run(worker => TEncoder.Backward(workspace.Pass(worker)));
        return new TwinsOutput(embeddings, value, Gradients(info, workspace));
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private static Dictionary<string, float[]> Gradients(EncoderInfo info, TrainingWorkspace workspace)
    {
        var gradients = new Dictionary<string, float[]>();
        foreach (ParameterTensor tensor in info.Tensors.Where(tensor => tensor.IsTrainable))
        {
            float[] sum = new float[tensor.Length];
            for (int shard = 0; shard < Shard.Count; shard++)
            {
                for (int i = 0; i < sum.Length; i++)
                    sum[i] += workspace.Gradients(shard)[tensor.Offset + i];
            }

            gradients.Add(tensor.Name, sum);
        }

        return gradients;
    }

    private void Step()
    {
        StepResult result = _step.Run(_batches[_next], _learningRate);
        if (!result.Updated)
            throw new InvalidOperationException("Training diverged.");
        _next = (_next + 1) % _batches.Length;
    }
}
