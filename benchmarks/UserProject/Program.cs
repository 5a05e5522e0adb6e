using System.Diagnostics;
using System.Globalization;
using SiameseGen;
using SiameseGen.Benchmarks.Models;
using SiameseGen.Benchmarks.Training;
using SiameseGen.Benchmarks.UserProject;

// A user's program that trains when told to: reads a number of seconds a line, trains so long, and answers with the milliseconds of each step.
// Arguments: the encoder (conv4 or small) and the number of threads.
Console.WriteLine($"runtime {Optimised(typeof(Parameters))}, user's code {Optimised(typeof(SmallGlyphEncoder))}");
int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
if (args[0] == "conv4")
    Serve(new ContrastiveGlyphEncoder(seed: 1), threads);
else
    Serve(new SmallGlyphEncoder(seed: 1), threads);

static void Serve<TEncoder>(TEncoder encoder, int threads)
    where TEncoder : class, IEncoder
{
    var glyphs = new Glyphs(ContrastiveGlyphEncoder.Info.Input.Length);
    using var twins = new SiameseGenTwins<TEncoder>(encoder, glyphs, glyphs.Pairs(batches: 16, pairs: 64), threads, learningRate: 1e-3f);
    while (Console.ReadLine() is { } seconds)
    {
        List<double> milliseconds = [];
        twins.Run(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), milliseconds);
        Console.WriteLine(string.Join(' ', milliseconds.Select(time => time.ToString("R", CultureInfo.InvariantCulture))));
    }
}

static string Optimised(Type type) =>
    type.Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false) is [DebuggableAttribute { IsJITOptimizerDisabled: true }]
        ? "not optimised"
        : "optimised";
