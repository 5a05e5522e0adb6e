using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>How the program of scores runs.</summary>
internal enum ScoresKind
{
    /// <summary>Compiled to native code.</summary>
    NativeAot,

    /// <summary>Compiled while it runs.</summary>
    JustInTime,

    /// <summary>The same, as on a processor that has no AVX2.</summary>
    WithoutAvx2,
}

/// <summary>What the program of scores says.</summary>
/// <param name="Scores">A digest of all scores.</param>
/// <param name="Judgement">How well they tell characters apart.</param>
/// <param name="Embed">The time of one enrolment.</param>
internal sealed record ScoresOutput(string Scores, string Judgement, string Embed);

/// <summary>One start of the program.</summary>
/// <param name="Milliseconds">From exec to exit.</param>
/// <param name="ProcessorMilliseconds">How long a processor worked for it.</param>
/// <param name="PeakKibibytes">The most memory that was resident.</param>
/// <param name="ExitCode">What it ended with.</param>
internal sealed record Launch(double Milliseconds, double ProcessorMilliseconds, long PeakKibibytes, int ExitCode);

/// <summary>Publishes the sample and the program of scores into a temporary folder, with build folders of their own.</summary>
internal sealed class ShippedBuilds : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", ".."));
    private readonly string _launcher, _scores, _scoresLibrary;

    /// <summary>Publishes.</summary>
    public ShippedBuilds()
    {
        Folder = Directory.CreateTempSubdirectory("siamesegen-ship").FullName;
        Program = Path.Combine(Publish("samples/TinyVerifier/App", "app"), "tinyverifier");
        Library = Path.Combine(Publish("samples/TinyVerifier/Native", "native"), "libtinyverifier.so");
        _scores = Path.Combine(Publish("tests/TinyVerifier.Scores", "scores"), "scores");
        Build("build", "tests/TinyVerifier.Scores");
        _scoresLibrary = Path.Combine(Folder, "artifacts", "bin", "TinyVerifier.Scores", "release", "scores.dll");
        _launcher = Path.Combine(Folder, "launch");
        Run("gcc", [], "-O2", "-std=c11", "-D_GNU_SOURCE", Path.Combine(Here(), "launch.c"), "-o", _launcher);
    }

    /// <summary>The temporary folder.</summary>
    public string Folder { get; }

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <summary>The shared library.</summary>
    public string Library { get; }

    /// <summary>Warnings of all builds.</summary>
    public int Warnings { get; private set; }

    /// <summary>Starts the program on three pictures of one character.</summary>
    /// <param name="times">How often.</param>
    public Launch[] LaunchProgram(int times)
    {
        string examples = Path.Combine(Root, "samples", "TinyVerifier", "examples");
        string[] pictures = [.. new[] { 1, 2, 3 }.Select(number => Path.Combine(examples, $"glyphA-{number}.pgm"))];
        string output = Run(_launcher, [], [times.ToString(CultureInfo.InvariantCulture), Program, .. pictures]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>Runs the program of scores.</summary>
    /// <param name="pairs">Pairs to compare.</param>
    /// <param name="kind">How.</param>
    public ScoresOutput Scores(int pairs, ScoresKind kind)
    {
        string[] arguments = [pairs.ToString(CultureInfo.InvariantCulture), "1"];
        string output = kind switch
        {
            ScoresKind.NativeAot => Run(_scores, [], arguments),
            ScoresKind.JustInTime => Run("dotnet", [], [_scoresLibrary, .. arguments]),
            _ => Run("dotnet", new() { ["DOTNET_EnableAVX2"] = "0" }, [_scoresLibrary, .. arguments]),
        };
        string[] lines = output.Split('\n');
        return new ScoresOutput(lines[0], lines[1], lines[2]);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Launch Parse(string line)
    {
        long[] numbers = [.. line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new Launch(numbers[0] / 1000.0, numbers[1] / 1000.0, numbers[2], (int)numbers[3]);
    }

    private string Publish(string project, string name)
    {
        string folder = Path.Combine(Folder, name);
        Build("publish", project, "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder);
        return folder;
    }

    private void Build(string verb, string project, params ReadOnlySpan<string> arguments)
    {
        string output = Run("dotnet", [], [verb, Path.Combine(Root, project), "-c", "Release", "--artifacts-path", Path.Combine(Folder, "artifacts"), "--nologo", .. arguments]);
        string[] warnings = [.. output.Split('\n').Where(line => line.Contains("warning ", StringComparison.Ordinal)).Distinct()];
        foreach (string warning in warnings)
            Console.WriteLine(warning);
        Warnings += warnings.Length;
    }

    private static string Run(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.{Environment.NewLine}{output}{errors.Result}");
    }

    // The folder of this file, known from when it was compiled.
    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
