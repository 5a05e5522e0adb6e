using System.Diagnostics;
using SiameseGen.Losses;

namespace SiameseGen.Training;

/// <summary>Averages of the epoch and speed of the whole, for progress reports. Time decides only when to report, never what is computed.</summary>
internal sealed class ProgressMeter(IProgress<TrainingProgress>? progress, int epochs, int stepsPlanned)
{
    private readonly TrainingHealth _health = new();
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Stopwatch _training = new();
    private TimeSpan _reported = TimeSpan.MinValue;
    private double _loss, _active, _positive, _negative, _length, _spread;
    private int _epoch;
    private int _epochSteps;
    private int _steps;
    private long _items;
    private float _norm;
    private float _learningRate;

    public TimeSpan Elapsed => _elapsed.Elapsed;

    public float Loss => Mean(_loss);

    public double ItemsPerSecond => _items / Math.Max(_training.Elapsed.TotalSeconds, 1e-9);

    public void BeginEpoch(int epoch)
    {
        _epoch = epoch;
        _epochSteps = 0;
        _loss = _active = _positive = _negative = _length = _spread = 0;
    }

    public void BeginSteps() => _training.Start();

    /// <summary>What training has noticed so far.</summary>
    public IReadOnlyList<TrainingWarning> Warnings => [.. _health.Warnings];

    public void EndSteps()
    {
        _training.Stop();
        _health.Check(_epoch, Loss, Mean(_active), Mean(_positive), Mean(_negative), Mean(_spread), Mean(_length));
    }

    public void Add(in StepResult step, int items, float learningRate)
    {
        LossResult loss = step.Loss;
        _loss += loss.Loss;
        _active += loss.ActiveShare;
        _positive += loss.PositiveDistance;
        _negative += loss.NegativeDistance;
        _length += step.EmbeddingNorm;
        _spread += step.EmbeddingSpread;
        _epochSteps++;
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
        TimeSpan left = _steps == 0 ? TimeSpan.Zero : _elapsed.Elapsed / _steps * (stepsPlanned - _steps);
        progress.Report(new TrainingProgress(
            _epoch, epochs, _steps, stepsPlanned, Loss, Mean(_active), Mean(_positive), Mean(_negative),
            _norm, _learningRate, ItemsPerSecond, _elapsed.Elapsed, left, validation, isBest)
        {
            EmbeddingNorm = Mean(_length),
            EmbeddingSpread = Mean(_spread),
            Warnings = Warnings,
        });
    }

    private float Mean(double sum) => (float)(sum / Math.Max(_epochSteps, 1));
}
