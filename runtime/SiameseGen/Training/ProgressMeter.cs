using System.Diagnostics;

namespace SiameseGen.Training;

/// <summary>Averages of the epoch and speed of the whole, for progress reports. Time decides only when to report, never what is computed.</summary>
internal sealed class ProgressMeter(IProgress<TrainingProgress>? progress, int epochs, int stepsPlanned, DistanceMetric metric)
{
    private readonly TrainingHealth _health = new(metric);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Stopwatch _training = new();
    private TimeSpan _reported = TimeSpan.MinValue;
    private EpochSums _sums;
    private int _epoch;
    private int _stepsBefore;
    private int _steps;
    private long _items;
    private float _norm;
    private float _learningRate;

    public TimeSpan Elapsed => _elapsed.Elapsed;

    public float Loss => _sums.Mean(_sums.Loss);

    public double ItemsPerSecond => _items / Math.Max(_training.Elapsed.TotalSeconds, 1e-9);

    /// <summary>What the steps of this epoch have added up to.</summary>
    public EpochSums Sums => _sums;

    /// <summary>Goes on after steps that an earlier run has made.</summary>
    public void Continue(int steps, EpochSums sums)
    {
        _stepsBefore = steps;
        _sums = sums;
    }

    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="isContinued">Whether some of its steps have been made before.</param>
    public void BeginEpoch(int epoch, bool isContinued)
    {
        _epoch = epoch;
        if (!isContinued)
            _sums = default;
    }

    public void BeginSteps() => _training.Start();

    /// <summary>What training has noticed so far.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => [.. _health.Warnings];

    public void EndSteps()
    {
        _training.Stop();
        _health.Check(_epoch, Loss, _sums.Mean(_sums.Active), _sums.Mean(_sums.Positive), _sums.Mean(_sums.Negative), _sums.Mean(_sums.Spread), _sums.Mean(_sums.Length));
    }

    public void Add(in StepResult step, int items, float learningRate)
    {
        _sums = _sums.Plus(step);
        _steps++;
        _items += items;
        _norm = step.GradientNorm;
        _learningRate = learningRate;
        if (progress is not null && _elapsed.Elapsed - Interval >= _reported)
            Report(null, false);
    }

    public void Report(double? validation, bool isBest)
    {
        if (progress is null)
            return;
        _reported = _elapsed.Elapsed;
        TimeSpan left = _steps == 0 ? TimeSpan.Zero : _elapsed.Elapsed / _steps * (stepsPlanned - _stepsBefore - _steps);
        progress.Report(new TrainingProgress(
            _epoch, epochs, _stepsBefore + _steps, stepsPlanned, Loss, _sums.Mean(_sums.Active), _sums.Mean(_sums.Positive), _sums.Mean(_sums.Negative),
            _norm, _learningRate, ItemsPerSecond, _elapsed.Elapsed, left, validation, isBest)
        {
            EmbeddingNorm = _sums.Mean(_sums.Length),
            EmbeddingSpread = _sums.Mean(_sums.Spread),
            Warnings = Warnings,
        });
    }
}
