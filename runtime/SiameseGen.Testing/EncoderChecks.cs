using System.Globalization;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Testing;

/// <summary>Checks encoders, in a line each. Whatever a check does to the weights is undone.</summary>
public static class EncoderChecks
{
    private const int Directions = 8;
    private const ulong Seed = 5;
    private static readonly float[] Steps = [0.03f, 0.01f, 0.003f, 0.001f];

    /// <summary>
    /// Compares the generated gradient of every tensor that learns with differences of the loss in eight random directions, over a small random batch. Most directions
    /// must agree; in some, a rectifier or a maximum may bend within the difference.
    /// </summary>
    /// <param name="encoder">An encoder with a loss.</param>
    /// <param name="tolerance">What a slope may be off, as a share of the gradient's norm.</param>
    /// <typeparam name="TEncoder">Its class.</typeparam>
    /// <exception cref="CheckFailedException">A gradient is wrong.</exception>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    public static void Gradients<TEncoder>(TEncoder encoder, double tolerance = 0.03)
        where TEncoder : class, IEncoder
    {
        using var run = new CheckRun<TEncoder>(encoder, null);
        run.Step();
        float[] gradients = run.Gradients();
        foreach (ParameterTensor tensor in TEncoder.Info.Tensors.Where(tensor => tensor.IsTrainable && !tensor.IsFrozen))
        {
            float[] own = gradients[tensor.Offset..(tensor.Offset + tensor.Length)];
            double norm = Math.Sqrt(own.Sum(value => (double)value * value));
            List<(double Slope, double Gradient)> pairs = [.. Enumerable.Range(0, Directions).Select(direction => run.Compare(tensor, own, (ulong)direction))];

            // Of a gradient that is all but nothing, as that of a bias which no distance depends on, only rounding would be compared.
            double scale = Math.Max(norm, 1e-3 * run.Largest);
            List<(double Slope, double Gradient)> wrong = [.. pairs.Where(pair => !(Math.Abs(pair.Slope - pair.Gradient) <= tolerance * scale))];
            if (wrong.Count > Directions / 2)
            {
                throw new CheckFailedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{TEncoder.Info.Name}: the gradient of {tensor.Name} disagrees in {wrong.Count} of {Directions} directions; in one, the loss changes by {wrong[0].Slope:G5} where the gradient says {wrong[0].Gradient:G5}."));
            }
        }
    }

    /// <summary>Runs training steps and embeddings until they are warm, then measures that the calling thread allocates nothing in more of them.</summary>
    /// <param name="encoder">An encoder with a loss.</param>
    /// <typeparam name="TEncoder">Its class.</typeparam>
    /// <exception cref="CheckFailedException">Something was allocated.</exception>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    public static void Allocations<TEncoder>(TEncoder encoder)
        where TEncoder : class, IEncoder
    {
        const int warm = 60, measured = 20;
        ArgumentNullException.ThrowIfNull(encoder);
        using var run = new CheckRun<TEncoder>(encoder, null);
        float[] input = new float[TEncoder.Info.Input.Length], embedding = new float[TEncoder.Info.EmbeddingLength];
        long before = 0;
        for (int i = 0; i < warm + measured; i++)
        {
            if (i == warm)
                before = GC.GetAllocatedBytesForCurrentThread();
            run.Step();
            encoder.Embed(input, embedding);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated != 0)
            throw new CheckFailedException($"{TEncoder.Info.Name}: {measured} training steps and embeddings allocated {allocated} bytes.");
    }

    /// <summary>Swaps the two items of every pair: loss and gradients may change by rounding only, because both branches are one network.</summary>
    /// <param name="encoder">An encoder whose loss takes pairs, without dropout, which drops other values in the other branch.</param>
    /// <param name="tolerance">What a gradient may differ by, as a share of the largest.</param>
    /// <typeparam name="TEncoder">Its class.</typeparam>
    /// <exception cref="CheckFailedException">Swapping the branches changes something.</exception>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    /// <exception cref="NotSupportedException">The loss takes no pairs, so that there are no twins to swap.</exception>
    public static void Twins<TEncoder>(TEncoder encoder, double tolerance = 1e-4)
        where TEncoder : class, IEncoder
    {
        using var run = new CheckRun<TEncoder>(encoder, BatchStructure.Pairs);
        float loss = run.Step().Loss;
        float[] gradients = run.Gradients();
        run.SwapPairs();
        float swappedLoss = run.Step().Loss;
        float[] swapped = run.Gradients();
        double largest = gradients.Max(value => Math.Abs((double)value));
        double worst = gradients.Zip(swapped, (one, other) => Math.Abs((double)one - other)).Max();
        if (Math.Abs(loss - swappedLoss) > tolerance * Math.Max(1f, loss) || worst > tolerance * largest)
        {
            throw new CheckFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{TEncoder.Info.Name}: swapping the branches changes the loss from {loss:G6} to {swappedLoss:G6} and a gradient by {worst:G3}, where the largest is {largest:G3}."));
        }
    }

    /// <summary>Training steps over one batch, without updates.</summary>
    private sealed class CheckRun<TEncoder> : IDisposable
        where TEncoder : class, IEncoder
    {
        private readonly WorkerTeam _team = new(1);
        private readonly TEncoder _encoder;
        private readonly TrainingWorkspace _workspace;
        private readonly LossWorkspace _lossWorkspace;
        private readonly EmbeddingLoss _loss;
        private readonly Batch _batch;
        private readonly float[] _inputs;
        private readonly float[] _weights;

        public CheckRun(TEncoder encoder, BatchStructure? structure)
        {
            ArgumentNullException.ThrowIfNull(encoder);
            EncoderInfo info = TEncoder.Info;
            _encoder = encoder;
            _loss = info.Loss ?? throw new InvalidOperationException($"{info.Name} declares no loss.");
            if (structure is { } wanted && !_loss.Accepts(wanted))
                throw new NotSupportedException($"The loss of {info.Name} takes no batches of {wanted}.");
            _batch = CheckBatch.Of(structure ?? CheckBatch.Structures(_loss)[0]);
            _workspace = new TrainingWorkspace(encoder.Parameters, _batch.Count, _team);
            _lossWorkspace = new LossWorkspace(_batch.Count, info.EmbeddingLength);
            _inputs = CheckBatch.Numbers(_batch.Count * info.Input.Length, Seed, 0f, 1f);
            _weights = encoder.Parameters.Values.ToArray();
        }

        /// <summary>The largest gradient of the last <see cref="Gradients"/>.</summary>
        public double Largest { get; private set; }

        /// <summary>One step forward and backward; gradients add up.</summary>
        public LossResult Step()
        {
            LossResult result = Forward();
            TEncoder.Backward(_workspace.Pass(0));
            return result;
        }

        /// <summary>The gradients of the last step, which are cleared.</summary>
        public float[] Gradients()
        {
            float[] sum = new float[TEncoder.Info.ParameterCount];
            for (int shard = 0; shard < Shard.Count; shard++)
            {
                Span<float> gradients = _workspace.Gradients(shard);
                for (int i = 0; i < sum.Length; i++)
                    sum[i] += gradients[i];
                gradients.Clear();
            }

            Largest = sum.Max(value => Math.Abs((double)value));
            return sum;
        }

        /// <summary>How the loss changes along a random direction, and what the gradient says of it.</summary>
        public (double Slope, double Gradient) Compare(ParameterTensor tensor, float[] gradient, ulong direction)
        {
            float[] signs = CheckBatch.Numbers(tensor.Length, direction + 100, -1f, 1f);
            Span<float> values = _encoder.Parameters[tensor];
            float size = 0;
            foreach (float value in values)
                size += Math.Abs(value) / values.Length;
            double said = gradient.Zip(signs, (slope, sign) => (double)slope * Math.Sign(sign)).Sum();

            // Short steps drown in the rounding of the loss, long ones meet a bend: a gradient that is wrong agrees with none of them.
            IEnumerable<double> slopes = Steps.Select(share =>
            {
                float step = share * Math.Max(size, 0.1f);
                return ((4 * Slope(tensor, signs, step / 2)) - Slope(tensor, signs, step)) / 3;
            });
            return (slopes.MinBy(slope => Math.Abs(slope - said)), said);
        }

        /// <summary>Swaps the two items of every pair.</summary>
        public void SwapPairs()
        {
            int length = TEncoder.Info.Input.Length;
            float[] left = new float[length];
            int pairs = _batch.Count / 2;
            for (int pair = 0; pair < pairs; pair++)
            {
                Span<float> one = _inputs.AsSpan(pair * length, length), other = _inputs.AsSpan((pairs + pair) * length, length);
                one.CopyTo(left);
                other.CopyTo(one);
                left.CopyTo(other);
            }
        }

        public void Dispose()
        {
            _weights.CopyTo(_encoder.Parameters.Values);
            _encoder.Parameters.MarkChanged();
            _team.Dispose();
        }

        private double Slope(ParameterTensor tensor, float[] signs, float step)
        {
            double high = Moved(tensor, signs, step), low = Moved(tensor, signs, -step);
            return (high - low) / (2.0 * step);
        }

        private double Moved(ParameterTensor tensor, float[] signs, float step)
        {
            Span<float> values = _encoder.Parameters[tensor];
            for (int i = 0; i < values.Length; i++)
                values[i] = _weights[tensor.Offset + i] + (step * Math.Sign(signs[i]));
            double loss = Forward().Loss;
            _weights.AsSpan(tensor.Offset, tensor.Length).CopyTo(values);
            return loss;
        }

        private LossResult Forward()
        {
            _workspace.Begin(_batch.Count, Seed, step: 1);
            _inputs.CopyTo(_workspace.Inputs);
            TEncoder.Forward(_workspace.Pass(0));
            return _loss.Evaluate(_batch, _workspace.Embeddings, _workspace.EmbeddingGradients, _lossWorkspace);
        }
    }
}
