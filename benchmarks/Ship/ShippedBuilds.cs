using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>One start of a program.</summary>
/// <param name="Milliseconds">From exec to exit.</param>
/// <param name="ProcessorMilliseconds">How long a processor worked for it.</param>
/// <param name="PeakKibibytes">The most memory that was resident.</param>
/// <param name="ExitCode">What it ended with.</param>
internal sealed record Launch(double Milliseconds, double ProcessorMilliseconds, long PeakKibibytes, int ExitCode);

/// <summary>Publishes the sample and the program of scores into a temporary folder, with build folders of their own.</summary>
internal sealed class ShippedBuilds : IDisposable
{
    private readonly string _launcher;

    /// <summary>Publishes.</summary>
    public ShippedBuilds()
    {
        Folder = Directory.CreateTempSubdirectory("siamesegen-ship").FullName;
        string here = RuntimeInformation.RuntimeIdentifier;
        Program = Path.Combine(Publish("samples/TinyVerifier/App", "app", here), "tinyverifier");
        Library = Path.Combine(Publish("samples/TinyVerifier/Native", "native", here), "libtinyverifier.so");
        Warnings = Count;
        Scores = Path.Combine(Publish(ScoresProject, "scores", here, WithoutAnalyzers), "scores");
        Build("build", ScoresProject, WithoutAnalyzers);
        ScoresAssembly = Path.Combine(Folder, "artifacts", "bin", "TinyVerifier.Scores", "release", "scores.dll");
        _launcher = CompileC("launch", Path.Combine(Sources, "launch.c"));
        EmptyProgram = CompileC("empty", Path.Combine(Sources, "empty.c"));
    }

    /// <summary>What builds faster that are not examined for warnings.</summary>
    public static string WithoutAnalyzers => "-p:RunAnalyzers=false";

    /// <summary>The project that compares drawings.</summary>
    public static string ScoresProject => "tests/TinyVerifier.Scores";

    /// <summary>The repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>The folder of this file, known from when it was compiled.</summary>
    public static string Sources { get; } = Here();

    /// <summary>The temporary folder.</summary>
    public string Folder { get; }

    /// <summary>The program.</summary>
    public string Program { get; }

    /// <summary>The shared library.</summary>
    public string Library { get; }

    /// <summary>A program in C that does nothing.</summary>
    public string EmptyProgram { get; }

    /// <summary>The program of scores, compiled to native code.</summary>
    public string Scores { get; }

    /// <summary>The program of scores, to be compiled while it runs.</summary>
    public string ScoresAssembly { get; }

    /// <summary>Warnings while the program and the library were published.</summary>
    public int Warnings { get; }

    // Warnings of all builds so far.
    private int Count { get; set; }

    /// <summary>One of the sample's pictures.</summary>
    /// <param name="name">Its name, such as <c>glyphA-1</c>.</param>
    public static string Picture(string name) => Path.Combine(Root, "samples", "TinyVerifier", "examples", name + ".pgm");

    /// <summary>Starts a program often, one start after the other.</summary>
    /// <param name="times">How often.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public Launch[] Start(int times, string program, params IEnumerable<string> arguments) =>
        [.. Tools.Run(Folder, _launcher, [times.ToString(CultureInfo.InvariantCulture), program, .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>Publishes a project.</summary>
    /// <param name="project">Its folder, from the repository's.</param>
    /// <param name="name">The folder of what is published, below <see cref="Folder"/>.</param>
    /// <param name="runtime">What to publish for.</param>
    /// <param name="arguments">More arguments.</param>
    /// <returns>The folder.</returns>
    public string Publish(string project, string name, string runtime, params IEnumerable<string> arguments)
    {
        string folder = Path.Combine(Folder, name);
        Build("publish", project, ["-r", runtime, "-o", folder, .. arguments]);
        return folder;
    }

    /// <summary>Builds or publishes a project, and says what its warnings are.</summary>
    /// <param name="verb">What <c>dotnet</c> is to do.</param>
    /// <param name="project">Its folder, from the repository's.</param>
    /// <param name="arguments">More arguments.</param>
    /// <returns>The different lines with warnings.</returns>
    public string[] Build(string verb, string project, params IEnumerable<string> arguments)
    {
        string output = Tools.Run(
            Folder, "dotnet", [verb, Path.Combine(Root, project), "-c", "Release", "--artifacts-path", Path.Combine(Folder, "artifacts"), "--nologo", .. arguments]);
        string[] warnings = [.. output.Split('\n').Where(line => line.Contains("warning ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
        foreach (string warning in warnings)
            Console.WriteLine(warning);
        Count += warnings.Length;
        return warnings;
    }

    /// <summary>Compiles a program of C.</summary>
    /// <param name="name">Its name, in <see cref="Folder"/>.</param>
    /// <param name="arguments">Files and options for gcc.</param>
    /// <returns>The program.</returns>
    public string CompileC(string name, params IEnumerable<string> arguments)
    {
        string program = Path.Combine(Folder, name);
        Tools.Run(Folder, "gcc", ["-O2", "-std=c11", "-D_GNU_SOURCE", .. arguments, "-o", program]);
        return program;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Launch Parse(string line)
    {
        long[] numbers = [.. line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        return new Launch(numbers[0] / 1000.0, numbers[1] / 1000.0, numbers[2], (int)numbers[3]);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
