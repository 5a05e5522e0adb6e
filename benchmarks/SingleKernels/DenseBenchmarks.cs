using BenchmarkDotNet.Attributes;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.SingleKernels;

/// <summary>A dense layer of as many outputs as inputs, for one item and for many.</summary>
public class DenseBenchmarks
{
    private DenseShape _shape;
    private LayerWorkbench _layer = null!;

    /// <summary>Inputs, and outputs.</summary>
    [Params(256, 784)]
    public int Side { get; set; }

    /// <summary>Items of a batch.</summary>
    [Params(1, 256)]
    public int Items { get; set; }

    /// <summary>Allocates and prepares.</summary>
    [GlobalSetup]
    public void Allocate()
    {
        _shape = new DenseShape(Side, Side);
        var sizes = new LayerSizes(Side, Side)
        {
            Trainable = [(Side * Side, Initializer.HeUniform), (Side, Initializer.Zeros)],
            TrainingScratch = Dense.TrainingScratch(_shape),
            Prepared = Dense.PreparedLength(_shape),
        };
        _layer = new LayerWorkbench(sizes, Items);
        Dense.Prepare(_layer.Parameters, _shape, weight: 0, bias: Side * Side, BatchNormFold.None, _layer.Prepared.Span);
    }

    /// <summary>Gradients of weights, biases and input.</summary>
    [Benchmark]
    public void Backward() => Dense.Backward(
        _layer.Training, _shape, LayerWorkbench.Input, weight: 0, bias: Side * Side, _layer.OutputGradient, _layer.InputGradient);
}
