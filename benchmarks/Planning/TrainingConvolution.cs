using SiameseGen.Benchmarks.SingleKernels;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.Planning;

/// <summary>A 3×3 convolution by itself in training, forward and backward, of as many images as a batch of pairs has.</summary>
internal sealed class TrainingConvolution : IContestant
{
    /// <summary>Images.</summary>
    public const int Items = 128;

    // The gradient of what has so few channels nobody wants: these are an encoder's inputs.
    private const int InputChannels = 3;

    private readonly LayerWorkbench _bench;
    private readonly Action<LayerWorkbench> _step;

    private TrainingConvolution(string name, in Conv2DShape shape, int scratch, Action<LayerWorkbench> step)
    {
        Name = name;
        _step = step;
        var sizes = new LayerSizes(shape.InputLength, shape.OutputLength)
        {
            Trainable = [(shape.WeightLength, Initializer.HeUniform)],
            TrainingScratch = scratch,
        };
        _bench = new LayerWorkbench(sizes, Items);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>All algorithms, named as the planner does.</summary>
    /// <param name="shape">The convolution.</param>
    public static TrainingConvolution[] Of(Conv2DShape shape)
    {
        bool ofInputs = shape.Channels <= InputChannels;
        return
        [
            new("direct", shape, Conv2D.TrainingScratch(shape), bench =>
            {
                Conv2D.Forward(bench.Training, shape, LayerWorkbench.Input, weight: 0, bias: -1, bench.Output);
                Conv2D.Backward(bench.Training, shape, LayerWorkbench.Input, weight: 0, bias: -1, bench.OutputGradient, ofInputs ? -1 : bench.InputGradient);
            }),
            new("winograd", shape, WinogradConv2D.TrainingScratch(shape), bench =>
            {
                WinogradConv2D.Forward(bench.Training, shape, LayerWorkbench.Input, weight: 0, bias: -1, bench.Output);
                WinogradConv2D.Backward(bench.Training, shape, LayerWorkbench.Input, weight: 0, bias: -1, bench.OutputGradient, ofInputs ? -1 : bench.InputGradient);
            }),
        ];
    }

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(() => _step(_bench), duration, milliseconds);
}
