using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>One call of <see cref="Trainer{TEncoder}"/>: the loop over epochs and steps, and which weights the encoder ends with.</summary>
internal sealed class TrainingRun<TEncoder>(
    TEncoder encoder, TrainingOptions options, IExampleSet examples, IBatchSampler sampler, LossWeights? lossWeights, Func<TEncoder, WorkerTeam, CancellationToken, double>? score,
    IProgress<TrainingProgress>? progress, TrainingState? earlier = null)
    where TEncoder : class, IEncoder
{
    private readonly LastGoodWeights _lastGood = new(encoder.Parameters.Values, lossWeights);
    private readonly float[] _best = new float[encoder.Parameters.Values.Length];
    private readonly float[] _bestLoss = lossWeights is null ? [] : new float[lossWeights.Values.Length];
    private readonly Batch[] _batches = [new(sampler.Structure, sampler.BatchSize), new(sampler.Structure, sampler.BatchSize)];
    private double? _bestValidation;
    private int _bestEpoch;
    private int _validationsSinceBest;
    private float[]? _mined;
    private SamplerPosition _position;
    private bool _hasDiverged;

    /// <summary>Where to go on from: before the run what it was given, after it where it stands, null when it has diverged.</summary>
    public TrainingState? State { get; private set; } = earlier;

    private bool RestoresBest => options.RestoreBestWeights && _bestEpoch > 0;

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        using var team = new WorkerTeam(Math.Min(options.Threads == 0 ? Environment.ProcessorCount : options.Threads, Shard.Count));
        var step = new TrainingStep<TEncoder>(encoder, examples, team, sampler.BatchSize, options, lossWeights);
        int perEpoch = sampler.BatchesPerEpoch;
        int planned = (int)Math.Min((long)options.Epochs * perEpoch, options.MaxSteps > 0 ? options.MaxSteps : int.MaxValue);
        int epochs = ((planned - 1) / perEpoch) + 1;
        var meter = new ProgressMeter(progress, epochs, planned, TEncoder.Info.Distance);
        if (State is { } state)
            Continue(state, step, meter, team);
        int epoch = _position.Epoch;
        bool stopped = epoch < epochs && PatienceIsOut;
        try
        {
            for (; epoch < epochs && !stopped; epoch++)
            {
                meter.BeginEpoch(epoch + 1, _position.Index > 0);
                if (sampler is IMiningSampler mining && _position.Index == 0 && epoch % mining.MineEvery == 0)
                    Mine(mining, team, cancellationToken);
                Train(step, epoch, Math.Min(perEpoch, planned - (epoch * perEpoch)), planned, meter, cancellationToken);
                bool last = epoch + 1 == epochs;
                if (score is null || !(last || (epoch + 1) % options.ValidateEvery == 0))
                    meter.Report(null, false);
                else
                    stopped = Validate(score, step, epoch + 1, team, meter, cancellationToken) && !last;
                _position = new SamplerPosition(epoch + 1, 0);
                if (options.CheckpointPath is { } path && (last || stopped || (epoch + 1) % options.CheckpointEvery == 0))
                    CheckpointFile.Save(Capture(step, meter), path);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (options.CheckpointPath is not null)
        {
            CheckpointFile.Save(Capture(step, meter), options.CheckpointPath);
            throw;
        }
        finally
        {
            State = _hasDiverged ? null : Capture(step, meter);
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

    private void Train(TrainingStep<TEncoder> step, int epoch, int steps, int planned, ProgressMeter meter, CancellationToken cancellationToken)
    {
        (Batch batch, Batch next) = (_batches[0], _batches[1]);
        meter.BeginSteps();
        step.FindRanges(cancellationToken);
        int first = _position.Index;
        for (int index = first; index < steps; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (index == first || !options.ReadAhead)
                sampler.Fill(batch, epoch, index);
            bool knowsNext = options.ReadAhead && index + 1 < steps;
            if (knowsNext)
                sampler.Fill(next, epoch, index + 1);
            float rate = options.LearningRate * options.Schedule.Share(step.Steps, planned, options.WarmUpSteps);
            step.Progress = (float)step.Steps / planned;
            if (index == first || step.Steps % LastGoodWeights.Every == 0)
                _lastGood.Try(Kept(step), lossWeights, step.Steps);
            StepResult result = step.Run(batch, rate, knowsNext ? next : null);
            if (!result.Updated)
                throw Diverged(step, float.IsFinite(result.Loss.Loss) ? "gradient" : "loss", step.Steps + 1, rate);
            _lastGood.Confirm();
            _position = new SamplerPosition(epoch, index + 1);
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
        CancellationToken cancellationToken)
    {
        step.Average?.Exchange(encoder.Parameters);
        double value;
        try
        {
            value = score(encoder, team, cancellationToken);
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
            Kept(step).CopyTo(_best);
            lossWeights?.Values.CopyTo(_bestLoss);
        }
        else
        {
            _validationsSinceBest++;
        }

        meter.Report(value, best);
        return PatienceIsOut;
    }

    private bool PatienceIsOut => options.EarlyStoppingPatience > 0 && _validationsSinceBest >= options.EarlyStoppingPatience;

    private TrainingState Capture(TrainingStep<TEncoder> step, ProgressMeter meter)
    {
        var state = new TrainingState(
            new TrainingCounts
            {
                Position = _position,
                NextBatch = NextBatch(),
                Updates = step.Steps,
                Moments = options.Optimizer.Moments,
                HasAverage = step.Average is not null,
                HasMined = _mined is not null,
                LossClasses = lossWeights is null ? 0 : Math.Max(lossWeights.Classes, 1),
                BestValidation = _bestValidation,
                BestEpoch = _bestEpoch,
                ValidationsSinceBest = _validationsSinceBest,
                Sums = meter.Sums,
                Seed = options.Seed,
            },
            TEncoder.Info,
            lossWeights);
        Copy(state, step, toState: true);
        return state;
    }

    private void Continue(TrainingState state, TrainingStep<TEncoder> step, ProgressMeter meter, WorkerTeam team)
    {
        TrainingCounts counts = state.Counts;
        _position = counts.Position;
        if (counts.HasMined && sampler is IMiningSampler mining)
        {
            state.Of(TrainingState.Mined).CopyTo(encoder.Parameters.Values);
            encoder.Parameters.MarkChanged();
            Mine(mining, team, CancellationToken.None);
        }

        if (NextBatch() != counts.NextBatch)
        {
            throw new ArgumentException(
                $"The checkpoint's next batch, {counts.Position.Index + 1} of epoch {counts.Position.Epoch + 1}, is not what {sampler.GetType().Name} makes. Give the same examples in the same order, and a sampler with the same sizes and seed.");
        }

        (_bestValidation, _bestEpoch, _validationsSinceBest) = (counts.BestValidation, counts.BestEpoch, counts.ValidationsSinceBest);
        Copy(state, step, toState: false);
        encoder.Parameters.MarkChanged();
        step.Optimizer.Updates = counts.Updates;
        step.LossOptimizer?.Updates = counts.Updates;
        _lastGood.Try(Kept(step), lossWeights, counts.Updates);
        _lastGood.Confirm();
        meter.Continue(counts.Updates, counts.Sums);
    }

    private void Mine(IMiningSampler mining, WorkerTeam team, CancellationToken cancellationToken)
    {
        mining.Mine(BulkEmbedder.EmbedAll(encoder, examples, team, null, cancellationToken), TEncoder.Info.Distance, team, cancellationToken);
        _mined = encoder.Parameters.Values.ToArray();
    }

    private void Copy(TrainingState state, TrainingStep<TEncoder> step, bool toState)
    {
        Set(TrainingState.Weights, encoder.Parameters.Values);
        Set(TrainingState.Average, step.Average is { } average ? average.Values : default);
        Set(TrainingState.Best, _best);
        Set(TrainingState.Mined, _mined);
        Set(TrainingState.First, step.Optimizer.First);
        Set(TrainingState.Second, step.Optimizer.Second);
        Set(TrainingState.LossWeights, lossWeights is null ? default : lossWeights.Values);
        Set(TrainingState.LossBest, _bestLoss);
        Set(TrainingState.LossFirst, step.LossOptimizer is { } one ? one.First : default);
        Set(TrainingState.LossSecond, step.LossOptimizer is { } two ? two.Second : default);

        void Set(string name, Span<float> own)
        {
            Span<float> kept = state.Of(name);
            if (toState)
                own[..kept.Length].CopyTo(kept);
            else
                kept.CopyTo(own);
        }
    }

    // A checksum of the batch that comes next.
    private long NextBatch()
    {
        var batch = new Batch(sampler.Structure, sampler.BatchSize);
        bool isOver = _position.Index >= sampler.BatchesPerEpoch;
        sampler.Fill(batch, isOver ? _position.Epoch + 1 : _position.Epoch, isOver ? 0 : _position.Index);
        return (long)Fnv.Of(batch);
    }

    private Span<float> Kept(TrainingStep<TEncoder> step) => step.Average is { } average ? average.Values : encoder.Parameters.Values;

    private TrainingDivergedException Diverged(TrainingStep<TEncoder> step, string what, int number, float rate)
    {
        _hasDiverged = true;

        // The average has seen what went wrong as well, so it starts over from the last good weights.
        _lastGood.Restore(encoder.Parameters.Values, lossWeights);
        if (step.Average is { } average)
            _lastGood.Restore(average.Values, null);
        encoder.Parameters.MarkChanged();
        string weights = RestoresBest ? $"the best validated weights, of epoch {_bestEpoch}" : $"the weights it had after step {_lastGood.Step}, where all was well";
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
