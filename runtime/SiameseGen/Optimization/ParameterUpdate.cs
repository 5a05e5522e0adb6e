using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Optimization;

/// <summary>
/// The end of a training step, done by all workers together: adds up the shards' gradients in order, clips their norm, updates the weights
/// and leaves the gradients cleared. Weights are divided into fixed runs, so that no figure depends on the number of workers.
/// </summary>
internal sealed class ParameterUpdate
{
    private const int RunLength = 2048;
    private readonly TrainingWorkspace _workspace;
    private readonly OptimizerState _state;
    private readonly WeightAverage? _average;
    private readonly float _clipNorm;
    private readonly Run[] _runs;
    private readonly float[] _squares;
    private readonly AlignedBuffer<float> _gradient;

    public ParameterUpdate(TrainingWorkspace workspace, OptimizerState state, float clipNorm, WeightAverage? average)
    {
        _workspace = workspace;
        _state = state;
        _clipNorm = clipNorm;
        _average = average;
        EncoderInfo info = workspace.Parameters.Info;
        _runs = [.. info.Tensors.SelectMany(RunsOf)];
        _squares = new float[_runs.Length];
        _gradient = new AlignedBuffer<float>(info.ParameterCount);
    }

    /// <summary>Adds up this worker's share of the gradients and clears the shards'. All workers must have finished before <see cref="Apply"/>.</summary>
    public void Sum(int worker)
    {
        for (int i = worker; i < _runs.Length; i += _workspace.Team.Workers)
        {
            Run run = _runs[i];
            if (!run.IsTrainable)
                continue;
            Span<float> sum = _gradient.Slice(run.Offset, run.Length);
            Span<float> first = _workspace.Gradients(0, run.Offset, run.Length);
            first.CopyTo(sum);
            first.Clear();
            for (int shard = 1; shard < Shard.Count; shard++)
            {
                Span<float> gradient = _workspace.Gradients(shard, run.Offset, run.Length);
                Add(sum, gradient);
                gradient.Clear();
            }

            _squares[i] = LaneSums.Product(sum, sum);
        }
    }

    /// <summary>The Euclidean norm of the whole gradient, once all workers have summed. Not finite when any gradient is not.</summary>
    public float Norm()
    {
        double squares = 0;
        foreach (float square in _squares)
            squares += square;
        return (float)Math.Sqrt(squares);
    }

    /// <summary>Updates this worker's share of the weights, and of their average.</summary>
    public void Apply(int worker, float learningRate, float norm)
    {
        // PyTorch's clip_grad_norm_, with its 10⁻⁶ against division by 0.
        float scale = _clipNorm > 0f ? Math.Min(_clipNorm / (norm + 1e-6f), 1f) : 1f;
        int update = _state.Updates + 1;
        for (int i = worker; i < _runs.Length; i += _workspace.Team.Workers)
        {
            Run run = _runs[i];
            Span<float> values = _workspace.Parameters.Values.Slice(run.Offset, run.Length);
            if (run.IsTrainable)
                _state.Update(new UpdateStep(update, learningRate, scale, run.Decays), run.Offset, values, _gradient.Slice(run.Offset, run.Length));
            _average?.Add(update, run.Offset, values);
        }
    }

    /// <summary>Forgets gradients of a step that failed half-way.</summary>
    public void Discard()
    {
        for (int shard = 0; shard < Shard.Count; shard++)
            _workspace.Gradients(shard).Clear();
    }

    private static IEnumerable<Run> RunsOf(ParameterTensor tensor)
    {
        for (int start = 0; start < tensor.Length; start += RunLength)
            yield return new Run(tensor.Offset + start, Math.Min(RunLength, tensor.Length - start), tensor.IsTrainable, tensor.Decays);
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> terms)
    {
        ref float to = ref MemoryMarshal.GetReference(sum), from = ref MemoryMarshal.GetReference(terms);
        nuint i = 0, length = (nuint)sum.Length;
        for (; i + 8 <= length; i += 8)
            (Vector256.LoadUnsafe(ref to, i) + Vector256.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        for (int k = (int)i; k < sum.Length; k++)
            sum[k] += terms[k];
    }

    private readonly record struct Run(int Offset, int Length, bool IsTrainable, bool Decays);
}
