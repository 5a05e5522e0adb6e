using SiameseGen.Benchmarks.Libtorch;
using SiameseGen.Benchmarks.Models;
using SiameseGen.Sampling;
using TorchSharp;

namespace SiameseGen.Benchmarks.Training;

/// <summary>
/// Training steps of Conv4-64 with contrastive loss, 64 pairs of 28 × 28 a step: forward, loss, backward, AdamW. SiameseGen against libtorch.
/// </summary>
internal static class TrainBenchmark
{
    private const int PairCount = 64, BatchCount = 16, StepsCountedForAllocations = 20, SecondsToChooseLayout = 6;
    private const float LearningRate = 1e-3f;

    /// <summary>Runs the benchmark.</summary>
    /// <param name="threads">Threads of both.</param>
    /// <param name="seconds">Seconds of each of the two measurements.</param>
    /// <returns>The exit code: 0, or 1 when the two do not compute the same.</returns>
    public static int Run(int threads, int seconds)
    {
        if (LibtorchLibrary.Load() is { } mended)
            Console.WriteLine(mended);
        torch.set_num_interop_threads(1);
        Console.WriteLine(Machine.Description);
        Console.WriteLine(
            $"Conv4-64, contrastive loss, AdamW; {PairCount} pairs of 28 × 28 a step; threads: {threads}; libtorch {torch.__version__}");
        Console.WriteLine();

        var glyphs = new Glyphs(ContrastiveGlyphEncoder.Info.Input.Length);
        Batch[] batches = glyphs.Pairs(BatchCount, PairCount);
        var encoder = new ContrastiveGlyphEncoder(seed: 1);
        var first = new LibtorchTwins(encoder.Parameters, glyphs, batches, threads, LearningRate, channelsLast: false);
        var last = new LibtorchTwins(encoder.Parameters, glyphs, batches, threads, LearningRate, channelsLast: true);
        using var ours = new SiameseGenTwins<ContrastiveGlyphEncoder>(encoder, glyphs, batches, threads, LearningRate);
        if (!Agreement.Check(ours.FirstBatch(), first.FirstBatch(), last.FirstBatch()))
            return 1;

        Alternation layouts = Alternation.Between(first, last, SecondsToChooseLayout);
        LibtorchTwins theirs = layouts.Ratio() > 1 ? first : last;
        Console.WriteLine($"{first.Name} {layouts.Milliseconds(0):F1} ms/step, {last.Name} {layouts.Milliseconds(1):F1} ms/step: {theirs.Name} competes.");
        Console.WriteLine();

        Compare(ours, theirs, seconds);
        if (LibtorchMemory.Keep())
        {
            Console.WriteLine();
            Console.WriteLine("The same with the C library told to keep freed memory, which spares libtorch page faults:");
            Compare(ours, theirs, seconds);
        }

        Console.WriteLine();
        long bytes = ours.Allocations(StepsCountedForAllocations);
        Console.WriteLine($"SiameseGen allocated {bytes} bytes in {StepsCountedForAllocations} steps, threads: {threads}.");
        return 0;
    }

    private static void Compare(SiameseGenTwins<ContrastiveGlyphEncoder> ours, LibtorchTwins theirs, int seconds)
    {
        Alternation timing = Alternation.Between(ours, theirs, seconds);
        Report(ours.Name, timing.Milliseconds(0));
        Report(theirs.Name, timing.Milliseconds(1));
        Console.WriteLine(
            $"SiameseGen is {timing.Ratio():F2} times as fast (median of {timing.Rounds} alternating rounds, "
            + $"{timing.SmallestRatio():F2} to {timing.LargestRatio():F2}).");
    }

    private static void Report(string name, double milliseconds) =>
        Console.WriteLine($"{name,-24} {milliseconds,8:F1} ms/step {2 * PairCount / milliseconds * 1000,8:F0} images/s");
}
