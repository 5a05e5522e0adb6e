using BenchmarkDotNet.Attributes;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>
/// Batch normalisation, ReLU and pooling of 2 × 2 over 32 images of 64 channels in training: one sweep over memory, and layer after layer. These read and
/// write much and compute little.
/// </summary>
public class NormAndPoolBenchmarks
{
    private const int Items = 32, Channels = 64;
    private BatchNormShape _norm;
    private Pool2DShape _pool;
    private LayerWorkbench _normed = null!;
    private LayerWorkbench _pooled = null!;

    /// <summary>Rows and columns of an image.</summary>
    [Params(14, 28)]
    public int Side { get; set; }

    /// <summary>Allocates, and runs forward once, so that backward finds what it needs.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        _norm = new BatchNormShape(Side * Side, Channels, 1e-5f, 0.1f);
        _pool = new Pool2DShape(Side, Side, Channels, 2, 2, 2, Side / 2, Side / 2);
        var sizes = new LayerSizes(_pool.InputLength, _pool.InputLength)
        {
            Trainable = [(Channels, Initializer.Ones), (Channels, Initializer.Zeros)],
            State = [(Channels, Initializer.Zeros), (Channels, Initializer.Ones)],
            Statistics = BatchNorm.StatisticsLength(_norm),
            Saved = BatchNorm.SavedLength(_norm),
        };
        _normed = new LayerWorkbench(sizes, Items);
        _pooled = new LayerWorkbench(sizes with { Output = _pool.OutputLength }, Items);
        BatchNormForward();
        FusedForward();
    }

    /// <summary>Batch normalisation alone.</summary>
    [Benchmark]
    public void BatchNormForward() => BatchNorm.Forward(
        _normed.Training, _norm, LayerWorkbench.Input, gain: 0, shift: Channels, runningMean: 2 * Channels, runningVariance: 3 * Channels,
        statistics: 0, saved: 0, _normed.Output);

    /// <summary>Batch normalisation alone.</summary>
    [Benchmark]
    public void BatchNormBackward() => BatchNorm.Backward(
        _normed.Training, _norm, LayerWorkbench.Input, gain: 0, shift: Channels, statistics: 0, saved: 0, _normed.OutputGradient, _normed.InputGradient);

    /// <summary>Pooling alone.</summary>
    [Benchmark]
    public void MaxPoolForward() => MaxPool2D.Forward(_pooled.Training, _pool, LayerWorkbench.Input, _pooled.Output);

    /// <summary>Pooling alone.</summary>
    [Benchmark]
    public void MaxPoolBackward() =>
        MaxPool2D.Backward(_pooled.Training, _pool, LayerWorkbench.Input, _pooled.OutputGradient, _pooled.InputGradient);

    /// <summary>All three at once.</summary>
    [Benchmark]
    public void FusedForward() => BatchNormReLUMaxPool.Forward(
        _pooled.Training, _norm, _pool, LayerWorkbench.Input, gain: 0, shift: Channels, runningMean: 2 * Channels, runningVariance: 3 * Channels,
        statistics: 0, saved: 0, _pooled.Output);

    /// <summary>All three at once.</summary>
    [Benchmark]
    public void FusedBackward() => BatchNormReLUMaxPool.Backward(
        _pooled.Training, _norm, _pool, LayerWorkbench.Input, gain: 0, shift: Channels, statistics: 0, saved: 0, _pooled.OutputGradient, _pooled.InputGradient);
}
