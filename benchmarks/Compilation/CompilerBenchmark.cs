using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Generator;

namespace SiameseGen.Benchmarks.Compilation;

/// <summary>What the generator costs while somebody types, what it costs cold, and what compilers need for the code that it writes.</summary>
internal static class CompilerBenchmark
{
    private const int Encoders = 50, Blocks = 4, Rounds = 101;

    /// <summary>Runs the benchmark.</summary>
    /// <returns>0, or 1 when an edit ran a step that it must not run.</returns>
    public static int Run()
    {
        Console.WriteLine(Machine.Description);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Encoders} encoders of {Blocks} blocks in one project, each in a file of its own; medians of {Rounds} rounds"));
        bool isRight = Keystrokes();
        isRight &= OneModel();
        Cold();
        foreach (int blocks in new[] { 4, 20 })
            Compilers(blocks);
        return isRight ? 0 : 1;
    }

    private static bool Keystrokes()
    {
        CSharpCompilation project = Models.Project(Encoders, Blocks);
        GeneratorDriver ours = Driver(new EncoderGenerator()).RunGenerators(project), empty = Driver(new EmptyGenerator()).RunGenerators(project);
        for (int round = 0; round < Rounds; round++)
        {
            CSharpCompilation warmUp = Models.Edited(project, 0, string.Create(CultureInfo.InvariantCulture, $"// {round}"));
            ours = ours.RunGenerators(warmUp);
            empty = empty.RunGenerators(Models.Edited(project, 0, string.Create(CultureInfo.InvariantCulture, $"// {round}")));
        }

        var times = new List<(double Ours, double Empty)>();
        for (int round = 0; round < Rounds; round++)
        {
            // Each gets a compilation that nobody has looked at, as in an editor, and goes first as often as second.
            string text = string.Create(CultureInfo.InvariantCulture, $"public static class Other {{ public static int Value => {round}; }}");
            CSharpCompilation edited = Models.Edited(project, 0, text), again = Models.Edited(project, 0, text);
            double first = 0, second = 0;
            if (round % 2 == 0)
            {
                first = Milliseconds(() => ours = ours.RunGenerators(edited));
                second = Milliseconds(() => empty = empty.RunGenerators(again));
            }
            else
            {
                second = Milliseconds(() => empty = empty.RunGenerators(again));
                first = Milliseconds(() => ours = ours.RunGenerators(edited));
            }

            times.Add((first, second));
        }

        int ran = Steps(ours).Count(reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        double median = Median(times.Select(time => time.Ours)), reference = Median(times.Select(time => time.Empty));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a keystroke elsewhere: {median:F2} ms, an empty transform {reference:F2} ms, {Median(times.Select(time => time.Ours / time.Empty)):F2} times; plans and texts made anew: {ran} of {Encoders}"));
        return ran == 0;
    }

    private static bool OneModel()
    {
        CSharpCompilation project = Models.Project(Encoders, Blocks);
        GeneratorDriver driver = Driver(new EncoderGenerator()).RunGenerators(project);
        CSharpCompilation edited = Models.Edited(project, 7, Models.Encoder("Encoder6", Blocks + 1));
        double time = Milliseconds(() => driver = driver.RunGenerators(edited));
        int ran = Steps(driver).Count(reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"an edit of one encoder: {time:F2} ms; plans and texts made anew: {ran} of {Encoders}"));
        return ran == 1;
    }

    private static void Cold()
    {
        List<double> times = [];
        for (int round = 0; round < Rounds / 4; round++)
        {
            CSharpCompilation project = Models.Project(Encoders, Blocks);
            times.Add(Milliseconds(() => Driver(new EncoderGenerator()).RunGenerators(project)) / Encoders);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cold, by a driver and a project that are new: {Median(times):F2} ms an encoder"));
    }

    private static void Compilers(int blocks)
    {
        List<double> generation = [], compilation = [], emission = [];
        byte[] image = [];
        for (int round = 0; round < 9; round++)
        {
            CSharpCompilation project = Models.Project(1, blocks, round);
            project.GetDiagnostics();
            Microsoft.CodeAnalysis.Compilation whole = project;
            generation.Add(Milliseconds(() => Driver(new EncoderGenerator()).RunGeneratorsAndUpdateCompilation(project, out whole, out _)));
            using var stream = new MemoryStream();
            compilation.Add(Milliseconds(() => whole.Emit(stream)));
            using var without = new MemoryStream();
            emission.Add(Milliseconds(() => project.Emit(without)));
            image = stream.ToArray();
        }

        (double jit, long methods) = FirstEmbedding(image);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"an encoder of {blocks} blocks: generated in {Median(generation):F1} ms, compiled by C# in {Median(compilation):F1} ms (the project without it {Median(emission):F1} ms), {image.Length:N0} bytes; "
            + $"until its first embedding the JIT compiles {methods} methods in {jit:F1} ms"));
    }

    // In a context of its own, so that nothing of it was compiled before; kernels that other encoders ran are.
    private static (double Milliseconds, long Methods) FirstEmbedding(byte[] image)
    {
        using var stream = new MemoryStream(image);
        Type type = new AssemblyLoadContext(null).LoadFromStream(stream).GetType("Encoder0", throwOnError: true)!;
        TimeSpan time = JitInfo.GetCompilationTime();
        long methods = JitInfo.GetCompiledMethodCount();
        object encoder = type.GetConstructors().Single().Invoke([1]);
        ((IEncoder)encoder).Embed(new float[28 * 28], new float[64]);
        return ((JitInfo.GetCompilationTime() - time).TotalMilliseconds, JitInfo.GetCompiledMethodCount() - methods);
    }

    private static CSharpGeneratorDriver Driver(IIncrementalGenerator generator) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()], parseOptions: Models.Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static IEnumerable<IncrementalStepRunReason> Steps(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedSteps[EncoderGenerator.SourcesStep].SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static double Milliseconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>What any generator by attribute costs: it finds the classes and does nothing with them.</summary>
    private sealed class EmptyGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(
                typeof(EncoderAttribute).FullName!, static (node, _) => node is ClassDeclarationSyntax, static (hit, _) => hit.TargetSymbol.Name),
            static (_, _) => { });
    }
}
