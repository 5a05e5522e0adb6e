using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Optimization;

/// <summary>
/// The end of a training step, done by all workers together: adds up the shards' gradients in order, clips their norm, updates the weights
/// and leaves the gradients cleared. Weights are divided into fixed runs, so that no figure depends on the number of workers.
/// </summary>
internal sealed class ParameterUpdate
{
    private const int RunLength = 2048, Width = 8;
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
            AddShards(run, sum);
            if (!run.IsFrozen)
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
            if (run.IsTrainable && !run.IsFrozen)
            {
                var step = new UpdateStep(update, learningRate * run.RateFactor, scale, run.DecayFactor);
                _state.Update(step, run.Offset, values, _gradient.Slice(run.Offset, run.Length));
            }

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
        {
            yield return new Run(tensor.Offset + start, Math.Min(RunLength, tensor.Length - start), tensor.IsTrainable, tensor.IsFrozen)
            {
                RateFactor = tensor.LearningRateFactor,
                DecayFactor = tensor.Decays ? tensor.WeightDecayFactor : 0f,
            };
        }
    }

    // In one sweep: each shard's gradient is read once, and cleared while it is at hand.
    private void AddShards(Run run, Span<float> sum)
    {
        Span<float> first = _workspace.Gradients(0, run.Offset, run.Length);
        ref float from = ref MemoryMarshal.GetReference(first), to = ref MemoryMarshal.GetReference(sum);
        nint step = _workspace.Parameters.Info.ParameterCount;
        int i = 0;
        for (; i <= run.Length - Width; i += Width)
        {
            ref float gradient = ref Unsafe.Add(ref from, i);
            Vector256<float> total = Vector256.LoadUnsafe(ref gradient);
            Vector256<float>.Zero.StoreUnsafe(ref gradient);
            for (int shard = 1; shard < Shard.Count; shard++)
            {
                gradient = ref Unsafe.Add(ref gradient, step);
                total += Vector256.LoadUnsafe(ref gradient);
                Vector256<float>.Zero.StoreUnsafe(ref gradient);
            }

            total.StoreUnsafe(ref Unsafe.Add(ref to, i));
        }

        for (; i < run.Length; i++)
        {
            float total = 0;
            for (int shard = 0; shard < Shard.Count; shard++)
            {
                ref float gradient = ref Unsafe.Add(ref from, (shard * step) + i);
                total += gradient;
                gradient = 0;
            }

            sum[i] = total;
        }
    }

    private readonly record struct Run(int Offset, int Length, bool IsTrainable, bool IsFrozen)
    {
        public required float RateFactor { get; init; }

        public required float DecayFactor { get; init; }
    }
}
