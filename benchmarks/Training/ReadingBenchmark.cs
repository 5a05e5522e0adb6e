using System.Diagnostics;
using SiameseGen.Benchmarks.Models;
using SiameseGen.Data;
using SiameseGen.Images;
using SiameseGen.Training;

namespace SiameseGen.Benchmarks.Training;

/// <summary>What changing pictures costs a training on all cores: pictures as they are, changed ahead of the step, and changed before it.</summary>
internal static class ReadingBenchmark
{
    private const int Classes = 80, PerClass = 20, BatchSize = 160, StepsAtATime = 40, Rounds = 7;

    private static readonly ImageAugmentation Handwriting = new() { Rotation = 12f, Scale = 0.15f, Aspect = 0.12f, Shear = 0.25f, Shift = 0.05f, Elastic = 0.015f };

    /// <summary>Runs the benchmark.</summary>
    public static void Run()
    {
        Console.WriteLine(Machine.Description);
        Console.WriteLine($"GlyphClassEncoder, {BatchSize} pictures of 48 × 48 a step, {Environment.ProcessorCount} threads, {StepsAtATime} steps at a time");
        Console.WriteLine();
        ExampleSet plain = Pictures();
        IExampleSet changed = plain.Augmented<GlyphClassEncoder>(Handwriting);
        Contestant[] contestants = [new("as they are", plain, readAhead: true), new("changed, ahead of the step", changed, readAhead: true), new("changed, before the step", changed, readAhead: false)];
        Alternation timing = Alternation.Among(contestants, Rounds, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        for (int i = 0; i < contestants.Length; i++)
        {
            Console.WriteLine(
                $"  {contestants[i].Name,-28} {timing.Milliseconds(i),6:F1} ms a step, {BatchSize / timing.Milliseconds(i) * 1000:F0} pictures a second: {timing.Ratio(i):F2} times as long as the first ({timing.SmallestRatio(i):F2} to {timing.LargestRatio(i):F2})");
        }
    }

    private static ExampleSet Pictures()
    {
        var builder = new ExampleSetBuilder(GlyphClassEncoder.Info.Input.Length);
        float[] picture = new float[GlyphClassEncoder.Info.Input.Length];
        for (uint i = 0; i < Classes * PerClass; i++)
        {
            var random = new CounterRandom(1, CounterRandom.Purpose.Data, i);
            foreach (ref float value in picture.AsSpan())
                value = random.NextSingle();
            builder.Add(picture, $"class {i / PerClass}");
        }

        return builder.Build();
    }

    private sealed class Contestant(string name, IExampleSet pictures, bool readAhead) : IContestant
    {
        private readonly GlyphClassEncoder _encoder = new(seed: 1);
        private readonly TrainingOptions _options = new() { Epochs = 100, MaxSteps = StepsAtATime, BatchSize = BatchSize, ReadAhead = readAhead, Seed = 1 };

        public string Name => name;

        public void Run(TimeSpan duration, List<double> milliseconds)
        {
            long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            do
            {
                long start = Stopwatch.GetTimestamp();
                new Trainer<GlyphClassEncoder>(_encoder, _options).FitAsync(pictures).GetAwaiter().GetResult();
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsAtATime);
            }
            while (Stopwatch.GetTimestamp() < end);
        }
    }
}
