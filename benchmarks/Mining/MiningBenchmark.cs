using System.Diagnostics;
using SiameseGen.Benchmarks.Libtorch;
using SiameseGen.Losses;
using SiameseGen.Mining;
using SiameseGen.Sampling;
using TorchSharp;

namespace SiameseGen.Benchmarks.Mining;

/// <summary>A step of a loss with and without a miner over a large batch, forward and backward, against libtorch's product of the same embeddings with themselves; one thread.</summary>
internal static class MiningBenchmark
{
    private const int Items = 1024, Length = 64, PerClass = 4, ManyPerClass = 32, Rounds = 15;

    /// <summary>Runs the benchmark.</summary>
    public static void Run()
    {
        Console.WriteLine(Machine.Description);
        if (LibtorchLibrary.Load() is { } mended)
            Console.WriteLine(mended);
        torch.set_num_threads(1);
        Console.WriteLine($"{Items} embeddings of {Length} values, one thread; times are those of libtorch's product of the embeddings with themselves");
        Console.WriteLine();
        float[] embeddings = Embeddings(PerClass), many = Embeddings(ManyPerClass);
        (string Name, EmbeddingLoss Loss, Miner? Miner)[] cases =
        [
            ("triplet, semi-hard", new TripletLoss(), new TripletMarginMiner()),
            ("triplet, batch-hard", new TripletLoss(), new BatchHardMiner()),
            ("triplet, all", new TripletLoss(), null),
            ("multi-similarity, its miner", new MultiSimilarityLoss(), new MultiSimilarityMiner()),
            ("margin, distance-weighted", new MarginLoss(), new DistanceWeightedMiner()),
            ("contrastive, pair margin", new ContrastiveLoss(), new PairMarginMiner()),
            ("NT-Xent", new NTXentLoss(), null),
            ("supervised contrastive", new SupervisedContrastiveLoss(), null),
            ("circle", new CircleLoss(), null),
            ("FastAP", new FastAPLoss(), null),
        ];
        Product product = new(embeddings);
        Miner[] miners = [new TripletMarginMiner(), new BatchHardMiner(), new BatchEasyHardMiner(), new MultiSimilarityMiner(), new PairMarginMiner(), new AngularMiner(), new DistanceWeightedMiner()];
        foreach ((int perClass, float[] values) in ((int, float[])[])[(PerClass, embeddings), (ManyPerClass, many)])
        {
            Console.WriteLine($"distances and choices alone, {Items / perClass} classes of {perClass}");
            foreach (Miner miner in miners)
                Compare(miner.GetType().Name, new Choices(miner, values, perClass), product);
        }

        Console.WriteLine($"a loss forward and backward, its miner included, {Items / PerClass} classes of {PerClass}");
        foreach ((string name, EmbeddingLoss loss, Miner? miner) in cases)
            Compare(name, new Step(name, loss, miner, embeddings), product);
    }

    private static float[] Embeddings(int perClass)
    {
        float[] embeddings = new float[Items * Length];
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < Items; i++)
        {
            var centre = new CounterRandom(2, CounterRandom.Purpose.Data, (uint)(i / perClass));
            Span<float> row = embeddings.AsSpan(i * Length, Length);
            float square = 0;
            foreach (ref float value in row)
            {
                value = centre.NextSingle(-1f, 1f) + random.NextSingle(-1f, 1f);
                square += value * value;
            }

            foreach (ref float value in row)
                value /= MathF.Sqrt(square);
        }

        return embeddings;
    }

    private static void Compare(string name, Measured measured, Product product)
    {
        Alternation timing = Alternation.Among([measured, product], Rounds, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.5));
        Console.WriteLine(
            $"  {name,-28} {timing.Milliseconds(0),6:F2} ms, the product {timing.Milliseconds(1):F2} ms: {1 / timing.Ratio():F2} times ({1 / timing.LargestRatio():F2} to {1 / timing.SmallestRatio():F2}); {measured.Allocated()} bytes allocated");
    }

    private abstract class Measured(string name) : IContestant
    {
        public string Name => name;

        public void Run(TimeSpan duration, List<double> milliseconds) => Timed(duration, milliseconds, Once);

        public long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Once();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        protected abstract void Once();
    }

    private sealed class Choices(Miner miner, float[] embeddings, int perClass) : Measured(miner.GetType().Name)
    {
        private readonly LossWorkspace _workspace = new(Items, Length);
        private readonly int[] _classes = [.. Enumerable.Range(0, Items).Select(i => i / perClass)];
        private readonly bool[] _chosen = new bool[Items];

        protected override void Once()
        {
            DistanceMatrix.Forward(miner.RequiredDistance ?? DistanceMetric.Euclidean, Items, embeddings, _workspace);
            for (int a = 0; a < Items; a++)
            {
                var anchor = new MiningAnchor(_classes, a, _workspace);
                for (int p = a / perClass * perClass; p < (a / perClass * perClass) + perClass; p++)
                {
                    if (p == a)
                        continue;
                    _chosen.AsSpan().Clear();
                    miner.Choose(anchor, p, _chosen);
                }
            }
        }
    }

    private sealed class Step(string name, EmbeddingLoss loss, Miner? miner, float[] embeddings) : Measured(name)
    {
        private readonly float[] _gradients = new float[embeddings.Length];
        private readonly LossWorkspace _workspace = new(Items, Length) { Miner = miner };
        private readonly Batch _batch = MakeBatch();

        protected override void Once() => loss.Evaluate(_batch, embeddings, _gradients, _workspace);

        private static Batch MakeBatch()
        {
            var batch = new Batch(BatchStructure.Classes, Items);
            for (int i = 0; i < Items; i++)
                batch.Classes[i] = i / PerClass;
            return batch;
        }
    }

    private sealed class Product(float[] embeddings) : IContestant
    {
        private readonly torch.Tensor _embeddings = torch.tensor(embeddings).reshape(Items, Length);

        public string Name => "libtorch's product";

        public void Run(TimeSpan duration, List<double> milliseconds)
        {
            using IDisposable noGradients = torch.no_grad();
            using torch.Tensor turned = _embeddings.t();
            Timed(duration, milliseconds, () => torch.mm(_embeddings, turned).Dispose());
        }
    }

    private static void Timed(TimeSpan duration, List<double> milliseconds, Action once)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        do
        {
            long start = Stopwatch.GetTimestamp();
            once();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (Stopwatch.GetTimestamp() < end);
    }
}
