using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>One call of <see cref="Trainer{TEncoder}"/>: the loop over epochs and steps, and which weights the encoder ends with.</summary>
internal sealed class TrainingRun<TEncoder>(
    TEncoder encoder, TrainingOptions options, IExampleSet examples, IBatchSampler sampler, LossWeights? lossWeights, Func<TEncoder, WorkerTeam, CancellationToken, double>? score,
    IProgress<TrainingProgress>? progress)
    where TEncoder : class, IEncoder
{
    // What the encoder would end with if training stopped now: the last weights that were finite, and the best ones.
    private readonly float[] _good = encoder.Parameters.Values.ToArray();
    private readonly float[] _best = new float[encoder.Parameters.Values.Length];
    private readonly float[] _bestLoss = lossWeights is null ? [] : new float[lossWeights.Values.Length];
    private readonly float[] _goodLoss = lossWeights is null ? [] : lossWeights.Values.ToArray();
    private readonly Batch[] _batches = [new(sampler.Structure, sampler.BatchSize), new(sampler.Structure, sampler.BatchSize)];
    private double? _bestValidation;
    private int _bestEpoch;
    private int _validationsSinceBest;

    private bool RestoresBest => options.RestoreBestWeights && _bestEpoch > 0;

    public TrainingResult Run(CancellationToken cancellation)
    {
        using var team = new WorkerTeam(Math.Min(options.Threads == 0 ? Environment.ProcessorCount : options.Threads, Shard.Count));
        var step = new TrainingStep<TEncoder>(encoder, examples, team, sampler.BatchSize, options, lossWeights);
        int perEpoch = sampler.BatchesPerEpoch;
        int planned = (int)Math.Min((long)options.Epochs * perEpoch, options.MaxSteps > 0 ? options.MaxSteps : int.MaxValue);
        int epochs = ((planned - 1) / perEpoch) + 1;
        var meter = new ProgressMeter(progress, epochs, planned);
        int epoch = 0;
        bool stopped = false;
        try
        {
            for (; epoch < epochs && !stopped; epoch++)
            {
                meter.BeginEpoch(epoch + 1);
                Train(step, epoch, Math.Min(perEpoch, planned - (epoch * perEpoch)), planned, meter, cancellation);
                Kept(step).CopyTo(_good);
                lossWeights?.Values.CopyTo(_goodLoss);
                bool last = epoch + 1 == epochs;
                if (score is null || !(last || (epoch + 1) % options.ValidateEvery == 0))
                    meter.Report(null, false);
                else
                    stopped = Validate(score, step, epoch + 1, team, meter, cancellation) && !last;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            if (RestoresBest)
            {
                Restore(_best);
                _bestLoss.CopyTo(lossWeights is null ? default : lossWeights.Values);
            }
            else if (step.Average is { } average)
                Restore(average.Values);
        }

        return new TrainingResult(epoch, step.Steps, meter.Loss, _bestValidation, _bestEpoch, stopped, meter.ItemsPerSecond, meter.Elapsed) { Warnings = meter.Warnings };
    }

    private void Train(TrainingStep<TEncoder> step, int epoch, int steps, int planned, ProgressMeter meter, CancellationToken cancellation)
    {
        (Batch batch, Batch next) = (_batches[0], _batches[1]);
        meter.BeginSteps();
        for (int index = 0; index < steps; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (index == 0 || !options.ReadAhead)
                sampler.Fill(batch, epoch, index);
            bool knowsNext = options.ReadAhead && index + 1 < steps;
            if (knowsNext)
                sampler.Fill(next, epoch, index + 1);
            float rate = options.LearningRate * options.Schedule.Share(step.Steps, planned, options.WarmUpSteps);
            step.Progress = (float)step.Steps / planned;
            StepResult result = step.Run(batch, rate, knowsNext ? next : null);
            if (!result.Updated)
                throw Diverged(step, float.IsFinite(result.Loss.Loss) ? "gradient" : "loss", step.Steps + 1, rate);
            meter.Add(result, batch.Count, rate);
            (batch, next) = (next, batch);
            if (index == steps - 1 && !(IsFinite(encoder.Parameters.Values) && (lossWeights is null || IsFinite(lossWeights.Values))))
                throw Diverged(step, "result of an update", step.Steps, rate);
        }

        meter.EndSteps();
    }

    // Returns whether patience has run out.
    private bool Validate(
        Func<TEncoder, WorkerTeam, CancellationToken, double> score, TrainingStep<TEncoder> step, int epoch, WorkerTeam team, ProgressMeter meter,
        CancellationToken cancellation)
    {
        step.Average?.Exchange(encoder.Parameters);
        double value;
        try
        {
            value = score(encoder, team, cancellation);
        }
        finally
        {
            step.Average?.Exchange(encoder.Parameters);
        }

        bool best = double.IsFinite(value) && (_bestValidation is not { } before || value > before);
        if (best)
        {
            _bestValidation = value;
            _bestEpoch = epoch;
            _validationsSinceBest = 0;
            _good.CopyTo(_best, 0);
            _goodLoss.CopyTo(_bestLoss, 0);
        }
        else
        {
            _validationsSinceBest++;
        }

        meter.Report(value, best);
        return options.EarlyStoppingPatience > 0 && _validationsSinceBest >= options.EarlyStoppingPatience;
    }

    private Span<float> Kept(TrainingStep<TEncoder> step) => step.Average is { } average ? average.Values : encoder.Parameters.Values;

    private TrainingDivergedException Diverged(TrainingStep<TEncoder> step, string what, int number, float rate)
    {
        // The average has seen what went wrong as well, so it starts over from the last good weights.
        _good.CopyTo(encoder.Parameters.Values);
        _goodLoss.CopyTo(lossWeights is null ? default : lossWeights.Values);
        if (step.Average is { } average)
            _good.CopyTo(average.Values);
        encoder.Parameters.MarkChanged();
        string weights = RestoresBest ? $"the best validated weights, of epoch {_bestEpoch}" : "the weights it had before this epoch";
        return new TrainingDivergedException(number, what, rate, weights);
    }

    private void Restore(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(encoder.Parameters.Values);
        encoder.Parameters.MarkChanged();
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
