using Microsoft.ML.OnnxRuntime;
using SiameseGen.Benchmarks.Libtorch;
using SiameseGen.Benchmarks.Models;
using SiameseGen.Benchmarks.Training;
using TorchSharp;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>How the benchmark is run.</summary>
/// <param name="Quick">Fewer and shorter rounds.</param>
/// <param name="Rows">Only rows whose name contains this; empty for all.</param>
/// <param name="Threads">Threads of everyone.</param>
internal sealed record PeersOptions(bool Quick, string Rows, int Threads)
{
    /// <summary>Alternating rounds.</summary>
    public int Rounds => Quick ? 3 : 9;

    /// <summary>How long each contestant works in a round.</summary>
    public TimeSpan Round => TimeSpan.FromMilliseconds(Quick ? 150 : 500);

    /// <summary>How long each works before.</summary>
    public TimeSpan WarmUp => TimeSpan.FromMilliseconds(Quick ? 500 : 1500);
}

/// <summary>The same work with the same weights, side by side with ONNX Runtime and libtorch.</summary>
internal sealed class PeersBenchmark
{
    private const int Pairs = 64, BatchCount = 8, CallsCounted = 20, StepsCounted = 5;
    private const double Tolerance = 1e-3;
    private const float LearningRate = 1e-3f;
    private readonly PeersOptions _options;
    private readonly List<PeerRow> _rows = [];

    private PeersBenchmark(PeersOptions options) => _options = options;

    /// <summary>The peers and their versions.</summary>
    public static string Libraries => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, libtorch {torch.__version__}";

    /// <summary>Gigaflops a second of a core that does nothing else.</summary>
    public double Peak { get; private set; }

    /// <summary>Runs all rows and prints each as it is measured.</summary>
    /// <param name="options">How.</param>
    /// <returns>The report; null when contestants disagree.</returns>
    public static PeersReport? Run(PeersOptions options)
    {
        if (LibtorchLibrary.Load() is { } mended)
            Console.WriteLine(mended);
        torch.set_num_interop_threads(1);
        torch.set_num_threads(options.Threads);
        LibtorchMemory.Keep();
        Console.WriteLine(Machine.Description);
        var benchmark = new PeersBenchmark(options);
        var report = new PeersReport(benchmark._rows, () => benchmark.Peak, options);
        benchmark.MeasurePeak();
        Console.WriteLine($"peak of one core: {benchmark.Peak:F1} GFLOP/s");
        return benchmark.RunAll() ? report : null;
    }

    private bool RunAll()
    {
        bool agree = true;
        agree &= Embed("Conv4-64", new ContrastiveGlyphEncoder(1), [1, 8, 32, 256], batch => batch == 8 ? null : 1.5);
        agree &= Embed("MLP 784-256-128-64", new MlpEncoder(1), [1, 32, 256], batch => batch switch { 1 => 1.3, 256 => 1.0, _ => null });
        agree &= Embed("depthwise-separable 48×48", new DepthwiseEncoder(1), [1, 32], batch => batch == 1 ? 1.5 : null);
        agree &= Embed("faces 92×112", new FaceEncoder(1), [1, 32]);
        agree &= Embed("signatures 155×220", new SignatureEncoder(1), [1]);
        agree &= Train("Conv4-64", new ContrastiveGlyphEncoder(1), 3);
        agree &= Train("MLP 784-256-128-64", new MlpEncoder(1), 1.5);
        agree &= Train("faces 92×112", new FaceEncoder(1), null);
        Kernel(SingleKernel.DirectConvolution());
        Kernel(SingleKernel.WinogradConvolution());
        for (int side = 256; side <= 1024; side *= 2)
            Kernel(SingleKernel.Product(side));
        agree &= Embed("Conv4-16", new NarrowEncoder(1), [32]);
        agree &= Embed("Conv4-128", new WideEncoder(1), [32]);
        agree &= Embed("Conv4-64, 56×56", new DoubleSideEncoder(1), [32]);
        agree &= Embed("Conv4-64, 112×112", new FourfoldSideEncoder(1), [8]);
        MeasurePeak();
        return agree;
    }

    // Before and after everything: what a busy machine hides of it once may show the other time.
    private void MeasurePeak() => Peak = Math.Max(
        Peak, Gigaflops(FmaPeak.MultiplyAdds, Alternation.Among([new FmaPeak()], _options.Rounds, _options.Round / 3, _options.WarmUp / 3).Milliseconds(0)));

    private bool Embed<TEncoder>(string name, TEncoder encoder, int[] batches, Func<int, double?>? promise = null)
        where TEncoder : class, IEncoder
    {
        bool agree = true;
        var network = new Network(TEncoder.Info, TrainedLooks.Give(encoder).Parameters);
        foreach (int batch in batches)
        {
            string work = $"{name}, embed, batch {batch}";
            if (!IsWanted(work))
                continue;
            float[] inputs = Inputs(batch * TEncoder.Info.Input.Length);
            using var ours = new SiameseGenEncoder<TEncoder>(encoder, inputs, _options.Threads);
            using var onnx = new OnnxEncoder(network, inputs, _options.Threads);
            IEmbeddingContestant[] contestants =
                [ours, onnx, new LibtorchEncoder(network, inputs, channelsLast: true), new LibtorchEncoder(network, inputs, channelsLast: false)];
            if (!Agree(work, contestants))
            {
                agree = false;
                continue;
            }

            ours.Run(_options.WarmUp, []); // the runtime makes things when code is compiled anew
            PeerPromise? promised = promise?.Invoke(batch) is { } ratio ? new PeerPromise(onnx.Name, ratio) : null;
            Add(work, contestants, (double)batch * network.MultiplyAdds, PerCall(ours.Allocations(CallsCounted), CallsCounted), promised);
        }

        return agree;
    }

    private bool Train<TEncoder>(string name, TEncoder encoder, double? promise)
        where TEncoder : class, IEncoder
    {
        string work = $"{name}, training step of {Pairs} pairs";
        if (!IsWanted(work))
            return true;
        var network = new Network(TEncoder.Info, encoder.Parameters);
        var glyphs = new Glyphs(TEncoder.Info.Input.Length);
        Sampling.Batch[] batches = glyphs.Pairs(BatchCount, Pairs);
        var last = new LibtorchTwins(encoder.Parameters, glyphs, batches, _options.Threads, LearningRate, channelsLast: true);
        var first = new LibtorchTwins(encoder.Parameters, glyphs, batches, _options.Threads, LearningRate, channelsLast: false);
        using var ours = new SiameseGenTwins<TEncoder>(encoder, glyphs, batches, _options.Threads, LearningRate);
        TwinsOutput output = ours.FirstBatch();
        foreach (LibtorchTwins other in (LibtorchTwins[])[last, first])
        {
            TwinsOutput theirs = other.FirstBatch();
            if (!IsClose(work, other.Name, [.. output.Embeddings, output.Loss], [.. theirs.Embeddings, theirs.Loss]))
                return false;
        }

        ours.Run(_options.WarmUp, []);

        // Backward computes two products for each of forward; for the first layer one, which is small in all of these networks.
        Add(
            work, [ours, last, first], 3.0 * 2 * Pairs * network.MultiplyAdds, PerCall(ours.Allocations(StepsCounted), StepsCounted),
            promise is { } ratio ? new PeerPromise("libtorch", ratio) : null);
        return true;
    }

    private void Kernel(SingleKernel kernel)
    {
        if (!IsWanted(kernel.Name))
            return;

        // The peak beside it, in the same rounds: processors change their clock.
        var peak = new FmaPeak();
        Alternation timing = Alternation.Among([kernel, peak], _options.Rounds, _options.Round, _options.WarmUp);
        double speed = Gigaflops(kernel.MultiplyAdds, timing.Milliseconds(0));
        Print(new PeerRow(kernel.Name, timing.Milliseconds(0), speed, [], null)
        {
            ShareOfPeak = speed / Gigaflops(FmaPeak.MultiplyAdds, timing.Milliseconds(1)),
            PromisedShare = kernel.Name.Contains("Winograd", StringComparison.Ordinal) ? null : 0.8,
        });
    }

    private void Add(string work, IReadOnlyList<IContestant> contestants, double multiplyAdds, double bytes, PeerPromise? promise)
    {
        Alternation timing = Alternation.Among(contestants, _options.Rounds, _options.Round, _options.WarmUp);
        PeerTime[] peers =
        [
            .. contestants.Select((contestant, i) => new PeerTime(
                contestant.Name, timing.Milliseconds(i), timing.Ratio(i), timing.SmallestRatio(i), timing.LargestRatio(i))).Skip(1),
        ];

        // libtorch competes with the faster of its memory layouts.
        PeerTime torch = peers.Where(peer => peer.Name.StartsWith("libtorch", StringComparison.Ordinal)).MinBy(peer => peer.Milliseconds)!;
        double speed = Gigaflops(multiplyAdds, timing.Milliseconds(0));
        Print(new PeerRow(
            work, timing.Milliseconds(0), speed, [.. peers.Where(peer => !peer.Name.StartsWith("libtorch", StringComparison.Ordinal)), torch], bytes)
        {
            ShareOfPeak = speed / Peak,
            Promise = promise,
        });
    }

    private void Print(PeerRow row)
    {
        _rows.Add(row);
        Console.WriteLine(PeersReport.Line(row));
    }

    private static bool Agree(string work, IEmbeddingContestant[] contestants)
    {
        float[] ours = contestants[0].Embeddings();
        return contestants.Skip(1).All(other => IsClose(work, other.Name, ours, other.Embeddings()));
    }

    // Written so that a number that is none is not close to anything.
    private static bool IsClose(string work, string name, float[] ours, float[] theirs)
    {
        int far = ours.Zip(theirs).Count(pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance));
        if (far > 0 || ours.Length != theirs.Length)
            Console.WriteLine($"{work}: {far} of {ours.Length} values of {name} differ by more than {Tolerance}.");
        return far == 0 && ours.Length == theirs.Length;
    }

    // Not rounded: a single allocation in many calls is to show.
    private static double PerCall(long bytes, int calls) => (double)bytes / calls;

    private bool IsWanted(string work) => work.Contains(_options.Rows, StringComparison.OrdinalIgnoreCase);

    private static double Gigaflops(double multiplyAdds, double milliseconds) => 2e-6 * multiplyAdds / milliseconds;

    private static float[] Inputs(int count)
    {
        var random = new CounterRandom(5, CounterRandom.Purpose.Data, 0);
        float[] inputs = new float[count];
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle();
        return inputs;
    }
}
