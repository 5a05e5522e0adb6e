using System.CommandLine;
using SiameseGen.Benchmarks.DebugBuild;
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

return new RootCommand("Benchmarks of SiameseGen.") { train, debug }.Parse(args).Invoke();

static void AtLeastOne(System.CommandLine.Parsing.OptionResult option)
{
    if (option.GetValueOrDefault<int>() < 1)
        option.AddError($"{option.Option.Name} is at least 1.");
}
