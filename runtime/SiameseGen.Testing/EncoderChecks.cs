using System.Globalization;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Testing;

/// <summary>Checks encoders, in a line each. Whatever a check does to the weights is undone.</summary>
public static class EncoderChecks
{
    private const int Directions = 8;
    private const ulong Seed = 5;

    // What the loss of a batch may be off by rounding alone, as a share of it: some of the last bits of every embedding.
    private const double LossRounding = 1e-6;

    // The values of a batch. A network that hardly tells random images apart embeds them in one place, where distances, and so gradients, are rounding: it is looked at
    // again with wider values. A gradient that is wrong is wrong with all of them.
    private static readonly (float Low, float High)[] Ranges = [(0f, 1f), (-1f, 1f), (-4f, 4f), (-16f, 16f)];
    private static readonly float[] Steps = [0.03f, 0.01f, 0.003f, 0.001f];

    /// <summary>
    /// Compares the generated gradient of every tensor that learns with differences of the loss in eight random directions, over a small random batch. Most directions
    /// must agree in one of four batches; in some, a rectifier or a maximum may bend within the difference.
    /// </summary>
    /// <param name="encoder">An encoder with a loss.</param>
    /// <param name="tolerance">What a slope may be off, as a share of the gradient's norm.</param>
    /// <typeparam name="TEncoder">Its class.</typeparam>
    /// <exception cref="CheckFailedException">A gradient is wrong.</exception>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    /// <exception cref="NotSupportedException">The loss's gradient is not its derivative (<see cref="EmbeddingLoss.HasExactGradient"/>), so that differences do not show whether it is right.</exception>
    public static void Gradients<TEncoder>(TEncoder encoder, double tolerance = 0.03)
        where TEncoder : class, IEncoder
    {
        if (TEncoder.Info.Loss is { HasExactGradient: false } loss)
        {
            throw new NotSupportedException(
                $"The gradient of the {loss.Name} loss is not the derivative of its value, so that differences cannot check {TEncoder.Info.Name}. Check it with another loss.");
        }

        List<ParameterTensor> open = [.. TEncoder.Info.Tensors.Where(tensor => tensor.IsTrainable && !tensor.IsFrozen)];
        string first = "";
        for (int batch = 0; batch < Ranges.Length && open.Count > 0; batch++)
        {
            using var run = new CheckRun<TEncoder>(encoder, null, Ranges[batch]);
            run.Step();
            float[] gradients = run.Gradients();
            open.RemoveAll(tensor =>
            {
                string? message = Disagreement(run, tensor, gradients, tolerance);
                first = first.Length == 0 ? message ?? "" : first;
                return message is null;
            });
        }

        if (open.Count > 0)
            throw new CheckFailedException(first);
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
        using var run = new CheckRun<TEncoder>(encoder, null, Ranges[0]);
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
        if (TEncoder.Info.Distance is DistanceMetric.SignalToNoise)
            throw new NotSupportedException($"The distance of {TEncoder.Info.Name} is not symmetric: swapping the branches changes it.");
        using var run = new CheckRun<TEncoder>(encoder, BatchStructure.Pairs, Ranges[0]);
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

    private static string? Disagreement<TEncoder>(CheckRun<TEncoder> run, ParameterTensor tensor, float[] gradients, double tolerance)
        where TEncoder : class, IEncoder
    {
        float[] own = gradients[tensor.Offset..(tensor.Offset + tensor.Length)];
        double norm = Math.Sqrt(own.Sum(value => (double)value * value));

        // Of a gradient that is all but nothing, as that of a bias which no distance depends on, only rounding would be compared.
        double allowed = (tolerance * Math.Max(norm, 1e-3 * run.Largest)) + run.Rounding(tensor);
        List<(double Slope, double Gradient)> wrong =
            [.. Enumerable.Range(0, Directions).Select(direction => run.Compare(tensor, own, (ulong)direction)).Where(pair => !(Math.Abs(pair.Slope - pair.Gradient) <= allowed))];
        return wrong.Count <= Directions / 2 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{TEncoder.Info.Name}: the gradient of {tensor.Name} disagrees in {wrong.Count} of {Directions} directions; in one, the loss changes by {wrong[0].Slope:G5} where the gradient says {wrong[0].Gradient:G5}.");
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
        private readonly float[] _original;
        private readonly float[] _weights;
        private double _lossValue;

        public CheckRun(TEncoder encoder, BatchStructure? structure, (float Low, float High) range)
        {
            ArgumentNullException.ThrowIfNull(encoder);
            EncoderInfo info = TEncoder.Info;
            _encoder = encoder;
            _loss = info.Loss ?? throw new InvalidOperationException($"{info.Name} declares no loss.");
            if (structure is { } wanted && !_loss.Accepts(wanted))
                throw new NotSupportedException($"The loss of {info.Name} takes no batches of {wanted}.");
            _batch = CheckBatch.Of(structure ?? CheckBatch.Structures(_loss)[0], _loss);
            _workspace = new TrainingWorkspace(encoder.Parameters, _batch.Count, _team);
            _lossWorkspace = new LossWorkspace(_batch.Count, info.EmbeddingLength) { Learned = _loss.CreateWeights(CheckBatch.Classes, info.EmbeddingLength, seed: 1) };
            _inputs = CheckBatch.Numbers(_batch.Count * info.Input.Length, Seed, range.Low, range.High);
            _original = encoder.Parameters.Values.ToArray();
            Nudge();
            _weights = encoder.Parameters.Values.ToArray();
        }

        /// <summary>The largest gradient of the last <see cref="Gradients"/>.</summary>
        public double Largest { get; private set; }

        /// <summary>One step forward and backward; gradients add up.</summary>
        public LossResult Step()
        {
            LossResult result = Forward();
            _lossValue = result.Loss;
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

        /// <summary>What the rounding of the loss makes of a slope.</summary>
        public double Rounding(ParameterTensor tensor) => LossRounding * Math.Abs(_lossValue) / Length(tensor, Steps[0]);

        /// <summary>How the loss changes along a random direction, and what the gradient says of it.</summary>
        public (double Slope, double Gradient) Compare(ParameterTensor tensor, float[] gradient, ulong direction)
        {
            float[] signs = CheckBatch.Numbers(tensor.Length, direction + 100, -1f, 1f);
            double said = gradient.Zip(signs, (slope, sign) => (double)slope * Math.Sign(sign)).Sum();

            // Short steps drown in the rounding of the loss, long ones meet a bend: a gradient that is wrong agrees with none of them.
            IEnumerable<double> slopes = Steps.Select(share =>
            {
                float step = Length(tensor, share);
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
            _original.CopyTo(_encoder.Parameters.Values);
            _encoder.Parameters.MarkChanged();
            _team.Dispose();
        }

        // Biases begin at 0, which is where rectifiers bend, and where a network of a single value somewhere has embeddings in two directions only.
        private void Nudge()
        {
            foreach (ParameterTensor tensor in TEncoder.Info.Tensors.Where(tensor => tensor.IsTrainable))
            {
                Span<float> values = _encoder.Parameters[tensor];
                float[] nudges = CheckBatch.Numbers(values.Length, Seed + (ulong)tensor.Offset, -0.2f, 0.2f);
                for (int i = 0; i < values.Length; i++)
                    values[i] += nudges[i];
            }

            _encoder.Parameters.MarkChanged();
        }

        // A share of the tensor's typical weight.
        private float Length(ParameterTensor tensor, float share)
        {
            ReadOnlySpan<float> values = _weights.AsSpan(tensor.Offset, tensor.Length);
            float size = 0;
            foreach (float value in values)
                size += Math.Abs(value) / values.Length;
            return share * Math.Max(size, 0.1f);
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
