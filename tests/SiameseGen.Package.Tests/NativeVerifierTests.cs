using System.Diagnostics;
using System.Runtime.InteropServices;
using SiameseGen.Docs.Tests;
using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>The sample that ships a verifier, published with NativeAOT and run.</summary>
public sealed class NativeVerifierTests : IDisposable
{
    private const int LargestProgram = 1_100_000;
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "TinyVerifier");
    private readonly string _folder = Directory.CreateTempSubdirectory("SiameseGen.Native.").FullName;

    [Fact]
    public void The_published_program_is_small_decides_and_says_what_is_wrong_with_its_input()
    {
        if (NativeTools.Missing() is { } missing)
            Assert.Skip(missing);

        // Folders of its own: other tests may build the same projects.
        string output = DotnetCommand.Run(
            Repository.Root, $"publish \"{Path.Combine(Sample, "App")}\" -c Release -r {RuntimeInformation.RuntimeIdentifier} --artifacts-path \"{_folder}/artifacts\" -o \"{_folder}/app\" --nologo -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false",
            new Dictionary<string, string>());
        Assert.DoesNotContain("warning ", output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "app", "tinyverifier")).Length, 100_000, LargestProgram);

        string damaged = Path.Combine(_folder, "damaged.pgm");
        File.WriteAllBytes(damaged, File.ReadAllBytes(Picture("glyphA-1"))[..^1]);
        Assert.Equal((0, true, ""), Run(Picture("glyphA-1"), Picture("glyphA-2"), Picture("glyphA-3")));
        Assert.Equal((1, true, ""), Run(Picture("glyphA-1"), Picture("glyphA-2"), Picture("glyphB-1")));
        Assert.Equal((3, false, $"{damaged}: it ends before its last pixel.\n"), Run(Picture("glyphA-1"), damaged, Picture("glyphA-3")));
        Assert.Equal((3, false, "nowhere.pgm: there is no such file.\n"), Run("nowhere.pgm", Picture("glyphA-2"), Picture("glyphA-3")));
        Assert.StartsWith("Usage: tinyverifier", Run(Picture("glyphA-1")).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Picture(string name) => Path.Combine(Sample, "examples", name + ".pgm");

    private (int ExitCode, bool Answers, string Errors) Run(params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(Path.Combine(_folder, "app", "tinyverifier"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Length > 0, errors.Result);
    }
}
