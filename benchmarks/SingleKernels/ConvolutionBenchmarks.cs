using BenchmarkDotNet.Attributes;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>A convolution of 3 × 3 from 64 to 64 channels over 32 images, directly and by Winograd's algorithm.</summary>
public class ConvolutionBenchmarks
{
    private const int Items = 32, Channels = 64, Kernel = 3;
    private Conv2DShape _shape;
    private LayerWorkbench _direct = null!;
    private LayerWorkbench _winograd = null!;

    /// <summary>Rows and columns of an image: those of the last three blocks of Conv4-64 and of one twice as large.</summary>
    [Params(3, 7, 14, 28)]
    public int Side { get; set; }

    /// <summary>Allocates and prepares.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        _shape = new Conv2DShape(Side, Side, Channels, Channels, Kernel, Kernel, 1, 1, 1, Side, Side);
        var sizes = new LayerSizes(_shape.InputLength, _shape.OutputLength) { Trainable = [(_shape.WeightLength, Initializer.HeUniform)] };
        _direct = new LayerWorkbench(
            sizes with
            {
                TrainingScratch = Conv2D.TrainingScratch(_shape),
                InferenceScratch = Conv2D.InferenceScratch(_shape),
                Prepared = Conv2D.PreparedLength(_shape),
            },
            Items);
        _winograd = new LayerWorkbench(
            sizes with
            {
                TrainingScratch = WinogradConv2D.TrainingScratch(_shape),
                InferenceScratch = WinogradConv2D.InferenceScratch(_shape),
                Prepared = WinogradConv2D.PreparedLength(_shape),
            },
            Items);
        Conv2D.Prepare(_direct.Parameters, _shape, weight: 0, bias: -1, BatchNormFold.None, _direct.Prepared.Span);
        WinogradConv2D.Prepare(_winograd.Parameters, _shape, weight: 0, bias: -1, BatchNormFold.None, _winograd.Prepared.Span);
    }

    /// <summary>Inference, with ReLU.</summary>
    [Benchmark]
    public void DirectInfer() =>
        Conv2D.Infer(_direct.Inference, _shape, LayerWorkbench.Input, prepared: 0, relu: true, pool: false, _direct.Output);

    /// <summary>The same.</summary>
    [Benchmark]
    public void WinogradInfer() =>
        WinogradConv2D.Infer(_winograd.Inference, _shape, LayerWorkbench.Input, prepared: 0, relu: true, pool: false, _winograd.Output);

    /// <summary>Forward in training, where weights are packed anew each time.</summary>
    [Benchmark]
    public void DirectForward() =>
        Conv2D.Forward(_direct.Training, _shape, LayerWorkbench.Input, weight: 0, bias: -1, _direct.Output);

    /// <summary>The same.</summary>
    [Benchmark]
    public void WinogradForward() =>
        WinogradConv2D.Forward(_winograd.Training, _shape, LayerWorkbench.Input, weight: 0, bias: -1, _winograd.Output);

    /// <summary>Gradients of weights and input.</summary>
    [Benchmark]
    public void DirectBackward() =>
        Conv2D.Backward(_direct.Training, _shape, LayerWorkbench.Input, weight: 0, bias: -1, _direct.OutputGradient, _direct.InputGradient);

    /// <summary>The same.</summary>
    [Benchmark]
    public void WinogradBackward() =>
        WinogradConv2D.Backward(_winograd.Training, _shape, LayerWorkbench.Input, weight: 0, bias: -1, _winograd.OutputGradient, _winograd.InputGradient);
}
