using System.CommandLine;
using SiameseGen.Benchmarks.Compilation;
using SiameseGen.Benchmarks.DebugBuild;
using SiameseGen.Benchmarks.GallerySearch;
using SiameseGen.Benchmarks.Mining;
using SiameseGen.Benchmarks.Peers;
using SiameseGen.Benchmarks.Planning;
using SiameseGen.Benchmarks.Ship;
using SiameseGen.Benchmarks.SingleKernels;
using SiameseGen.Benchmarks.Training;

var threads = new Option<int>("--threads") { Description = "Threads of either side.", DefaultValueFactory = _ => 1 };
var seconds = new Option<int>("--seconds")
{
    Description = "Seconds of each measurement, without building and warming up.",
    DefaultValueFactory = _ => 30,
};
threads.Validators.Add(AtLeastOne);
seconds.Validators.Add(AtLeastOne);

var train = new Command("train", "Training steps of Conv4-64 with contrastive loss: SiameseGen against libtorch, side by side.") { threads, seconds };
train.SetAction(arguments => TrainBenchmark.Run(arguments.GetValue(threads), arguments.GetValue(seconds)));

var debug = new Command("debug", "A Debug build of a user's project against its Release build; fails below 80 % of the speed.") { threads, seconds };
debug.SetAction(arguments => DebugBenchmark.Run(arguments.GetValue(threads), arguments.GetValue(seconds)));

var quick = new Option<bool>("--quick") { Description = "Fewer and shorter rounds." };
var rows = new Option<string>("--rows") { Description = "Only rows whose name contains this.", DefaultValueFactory = _ => "" };
var json = new Option<FileInfo?>("--json") { Description = "Write all figures to this file." };
var markdown = new Option<FileInfo?>("--markdown") { Description = "Write the page of the documentation to this file." };
var peers = new Command("peers", "Embedding, training and single kernels, side by side with ONNX Runtime and libtorch.") { quick, rows, threads, json, markdown };
peers.SetAction(arguments =>
{
    PeersReport? report = PeersBenchmark.Run(new PeersOptions(arguments.GetValue(quick), arguments.GetValue(rows)!, arguments.GetValue(threads)));
    if (report is null)
        return 1;
    if (arguments.GetValue(json) is { } figures)
        File.WriteAllText(figures.FullName, report.ToJson());
    if (arguments.GetValue(markdown) is { } page)
        File.WriteAllText(page.FullName, PerformancePage.Write(report));
    return 0;
});

var rest = new Argument<string[]>("arguments") { Description = "Arguments of BenchmarkDotNet after --, such as --filter *Dense*." };
var kernels = new Command("kernels", "Single kernels under BenchmarkDotNet.") { quick, rest };
kernels.SetAction(arguments => KernelsBenchmark.Run(arguments.GetValue(quick), arguments.GetValue(rest) ?? []));

var embeddings = new Option<int>("--embeddings") { Description = "Embeddings in the gallery.", DefaultValueFactory = _ => 1_000_000 };
embeddings.Validators.Add(AtLeastOne);
var gallery = new Command("gallery", "Exact search among a million embeddings, against a plain read of the same bytes.") { embeddings, seconds };
gallery.SetAction(arguments => GalleryBenchmark.Run(arguments.GetValue(embeddings), arguments.GetValue(seconds)));

var plan = new Command("plan", "What the planner predicts of convolutions, against what is measured.");
plan.SetAction(_ => PlanBenchmark.Run());

var compiler = new Command("compiler", "The generator while somebody types, and what compilers need for its code; fails when an edit runs more than it must.");
compiler.SetAction(_ => CompilerBenchmark.Run());

var mining = new Command("mining", "Losses and miners over 1,024 embeddings, against libtorch's product of the embeddings with themselves.");
mining.SetAction(_ => MiningBenchmark.Run());

var reading = new Command("reading", "What changing pictures costs a training: as they are, changed ahead of the step, changed before it.");
reading.SetAction(_ => ReadingBenchmark.Run());

var embedding = new Option<bool>("--embedding") { Description = "Only one embedding against ONNX Runtime, which needs no builds." };
var ship = new Command("ship", "A shipped verifier: sizes, start, memory and equal scores of real builds; fails when something that was asked for is missed.") { embedding };
ship.SetAction(arguments => ShipBenchmark.Run(arguments.GetValue(embedding)));

return new RootCommand("Benchmarks of SiameseGen.") { train, debug, peers, plan, kernels, gallery, compiler, mining, reading, ship }.Parse(args).Invoke();

static void AtLeastOne(System.CommandLine.Parsing.OptionResult option)
{
    if (option.GetValueOrDefault<int>() < 1)
        option.AddError($"{option.Option.Name} is at least 1.");
}
