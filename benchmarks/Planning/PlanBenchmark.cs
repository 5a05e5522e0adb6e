using SiameseGen.Benchmarks.Peers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.Planning;

/// <summary>What the planner predicts of convolutions against what is measured: for both algorithms, of images that come alone and in batches.</summary>
internal static class PlanBenchmark
{
    private const int Batch = 16, Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60), WarmUp = TimeSpan.FromMilliseconds(200);

    // Side, channels, filters.
    private static readonly (int Side, int Channels, int Filters)[] Shapes =
    [
        (112, 1, 16), (56, 16, 32), (56, 64, 64), (28, 1, 64), (28, 3, 32), (28, 8, 8), (28, 32, 32), (14, 4, 64), (14, 16, 32), (14, 64, 64), (14, 128, 128), (7, 64, 64),
        (7, 256, 256), (3, 64, 64), (2, 64, 64), (1, 64, 64),
    ];

    /// <summary>Runs the benchmark.</summary>
    public static void Run()
    {
        Console.WriteLine(Machine.Description);
        Console.WriteLine("3×3 convolutions, stride 1, same padding, one thread; ratios say how many times as fast Winograd's algorithm is");
        Console.WriteLine();
        Console.WriteLine($"{"convolution",-20} {"direct",12} {"winograd",12} {"measured",9} {"predicted",10}  chosen");
        foreach ((int side, int channels, int filters) in Shapes)
        {
            var shape = new Conv2DShape(side, side, channels, filters, 3, 3, 1, 1, 1, side, side);
            var sizes = new Conv2DSizes(side, side, channels, filters, 3, 3, 1, 1, 1, side, side);
            ConvolutionAlgorithm direct = ConvolutionAlgorithm.Direct(sizes, sizes), winograd = ConvolutionAlgorithm.Winograd(sizes, sizes);
            Compare(shape, 1, (double)direct.CostAlone / winograd.CostAlone, ConvolutionAlgorithm.ForInference(sizes, sizes));
            Compare(shape, Batch, (double)direct.Cost / winograd.Cost, ConvolutionAlgorithm.ForTraining(sizes));
        }
    }

    private static void Compare(Conv2DShape shape, int items, double predicted, ConvolutionAlgorithm chosen)
    {
        Alternation timing = Alternation.Among(
            [SingleKernel.Convolution("winograd", shape, items, winograd: true), SingleKernel.Convolution("direct", shape, items, winograd: false)],
            Rounds, Round, WarmUp);
        double measured = timing.Ratio();
        bool isFaster = (chosen.Name == "winograd") == (measured > 1);
        string verdict = isFaster ? "the faster one" : $"the slower one, by {Math.Max(measured, 1 / measured) - 1:P0}";
        Console.WriteLine(
            $"{$"{shape.Height}×{shape.Width}, {shape.Channels}→{shape.Filters}, {items}",-20} {Time(timing.Milliseconds(1), items),12} {Time(timing.Milliseconds(0), items),12} "
            + $"{measured,9:F2} {predicted,10:F2}  {chosen.Name}, {verdict}");
    }

    private static string Time(double milliseconds, int items) => $"{milliseconds * 1000 / items:F1} µs/item";
}
