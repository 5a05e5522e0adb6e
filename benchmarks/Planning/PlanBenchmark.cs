using SiameseGen.Benchmarks.Peers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.Planning;

/// <summary>
/// What the planner predicts of convolutions against what is measured: at inference of one image, and in training of a batch, forward and backward. Both are
/// said as times of the plain convolution that an algorithm saves.
/// </summary>
internal static class PlanBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60), WarmUp = TimeSpan.FromMilliseconds(200);

    // Side, channels, filters.
    private static readonly (int Side, int Channels, int Filters)[] Shapes =
    [
        (56, 16, 32), (56, 64, 64), (28, 1, 64), (28, 3, 32), (28, 8, 8), (28, 32, 32), (28, 64, 64), (14, 4, 64), (14, 16, 32), (14, 64, 64), (14, 128, 128), (10, 64, 64),
        (7, 64, 64), (7, 256, 256), (5, 64, 64), (3, 64, 64), (2, 64, 64), (1, 64, 64),
    ];

    /// <summary>Runs the benchmark.</summary>
    public static void Run()
    {
        Console.WriteLine(Machine.Description);
        Console.WriteLine($"3×3 convolutions, stride 1, same padding, one thread: an image at inference, and a training step of {TrainingConvolution.Items}");
        Console.WriteLine("Of Winograd's algorithm: how many times as fast as the plain convolution it is, measured (and predicted)");
        Console.WriteLine();
        Console.WriteLine($"{"convolution",-28} {"direct",14} {"winograd",16}  chosen");
        foreach ((int side, int channels, int filters) in Shapes)
        {
            var shape = new Conv2DShape(side, side, channels, filters, 3, 3, 1, 1, 1, side, side);
            var sizes = new Conv2DSizes(side, side, channels, filters, 3, 3, 1, 1, 1, side, side);
            ConvolutionAlgorithm direct = ConvolutionAlgorithm.Direct(sizes, sizes), inference = ConvolutionAlgorithm.WinogradAtInference(sizes, sizes);
            Compare(
                $"{side}×{side}, {channels}→{filters}, inference",
                [SingleKernel.Convolution("direct", shape, 1, winograd: false), SingleKernel.Convolution("winograd", shape, 1, winograd: true)],
                direct.CostAlone / (double)inference.CostAlone, ConvolutionAlgorithm.ForInference(sizes, sizes));
            Compare(
                $"{side}×{side}, {channels}→{filters}, training", TrainingConvolution.Of(shape),
                direct.CostInTraining / (double)ConvolutionAlgorithm.WinogradInTraining(sizes).CostInTraining, ConvolutionAlgorithm.ForTraining(sizes));
        }
    }

    // The first contestant is the plain convolution.
    private static void Compare(string what, IContestant[] contestants, double predicted, ConvolutionAlgorithm chosen)
    {
        Alternation timing = Alternation.Among(contestants, Rounds, Round, WarmUp);
        double[] milliseconds = [.. Enumerable.Range(0, contestants.Length).Select(timing.Milliseconds)];
        int fastest = Array.IndexOf(milliseconds, milliseconds.Min()), own = Array.FindIndex(contestants, contestant => contestant.Name == chosen.Name);
        string verdict = own == fastest ? "the fastest" : $"slower than {contestants[fastest].Name} by {(milliseconds[own] / milliseconds[fastest]) - 1:P0}";
        Console.WriteLine($"{what,-28} {$"{milliseconds[0] * 1000:F1} µs",14} {$"{milliseconds[0] / milliseconds[1]:F2}× ({predicted:F2}×)",16}  {chosen.Name}, {verdict}");
    }
}
