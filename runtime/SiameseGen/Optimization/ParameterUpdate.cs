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

    public ParameterUpdate(TrainingWorkspace workspace, OptimizerState state, float clipNorm, WeightAverage? average)
    {
        _workspace = workspace;
        _state = state;
        _clipNorm = clipNorm;
        _average = average;
        EncoderInfo info = workspace.Parameters.Info;
        _runs = [.. info.Tensors.SelectMany(RunsOf)];
        _squares = new float[_runs.Length];
    }

    /// <summary>
    /// Adds up this worker's share of the gradients, into the first shard's, and clears the others'. All workers must have finished before <see cref="Apply"/>.
    /// </summary>
    public void Sum(int worker)
    {
        for (int i = worker; i < _runs.Length; i += _workspace.Team.Workers)
        {
            Run run = _runs[i];
            if (!run.IsTrainable)
                continue;
            Span<float> sum = _workspace.Gradients(0, run.Offset, run.Length);
            if (!run.HasBatchGradient)
                AddShards(sum);
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

    /// <summary>Updates this worker's share of the weights, and of their average, and clears its share of the gradients.</summary>
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
                _state.Update(step, run.Offset, values, _workspace.Gradients(0, run.Offset, run.Length));
            }

            ClearSum(run);
            _average?.Add(update, run.Offset, values);
        }
    }

    /// <summary>Clears this worker's share of the gradients, when there is no update to make with them.</summary>
    public void Forget(int worker)
    {
        for (int i = worker; i < _runs.Length; i += _workspace.Team.Workers)
            ClearSum(_runs[i]);
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
                HasBatchGradient = tensor.HasBatchGradient,
                RateFactor = tensor.LearningRateFactor,
                DecayFactor = tensor.Decays ? tensor.WeightDecayFactor : 0f,
            };
        }
    }

    private void ClearSum(Run run)
    {
        if (run.IsTrainable)
            _workspace.Gradients(0, run.Offset, run.Length).Clear();
    }

    // In one sweep: each shard's gradient is read once, and cleared while it is at hand.
    private void AddShards(Span<float> sum)
    {
        ref float to = ref MemoryMarshal.GetReference(sum);
        nint step = _workspace.Parameters.Info.ParameterCount;
        int i = 0;
        for (; i <= sum.Length - Width; i += Width)
        {
            ref float gradient = ref Unsafe.Add(ref to, i);
            Vector256<float> total = Vector256.LoadUnsafe(ref gradient);
            for (int shard = 1; shard < Shard.Count; shard++)
            {
                gradient = ref Unsafe.Add(ref gradient, step);
                total += Vector256.LoadUnsafe(ref gradient);
                Vector256<float>.Zero.StoreUnsafe(ref gradient);
            }

            total.StoreUnsafe(ref Unsafe.Add(ref to, i));
        }

        for (; i < sum.Length; i++)
        {
            float total = sum[i];
            for (int shard = 1; shard < Shard.Count; shard++)
            {
                ref float gradient = ref Unsafe.Add(ref to, (shard * step) + i);
                total += gradient;
                gradient = 0;
            }

            sum[i] = total;
        }
    }

    private readonly record struct Run(int Offset, int Length, bool IsTrainable, bool IsFrozen)
    {
        public required bool HasBatchGradient { get; init; }

        public required float RateFactor { get; init; }

        public required float DecayFactor { get; init; }
    }
}
