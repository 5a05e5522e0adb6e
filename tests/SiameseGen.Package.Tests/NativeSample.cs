using System.Diagnostics;
using System.Runtime.InteropServices;
using SiameseGen.Docs.Tests;
using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>The sample TinyVerifier, published with NativeAOT.</summary>
internal static class NativeSample
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "samples", "TinyVerifier");

    /// <summary>One of its pictures.</summary>
    /// <param name="name">The picture, such as <c>glyphA-1</c>.</param>
    public static string Picture(string name) => Path.Combine(Folder, "examples", name + ".pgm");

    /// <summary>Skips the test where something is missing that publishing needs.</summary>
    /// <param name="programs">Programs that have to be there.</param>
    public static void Need(params string[] programs)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The sizes and paths of this test are Linux's.");
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (!Directory.Exists(Path.Combine(packages, $"runtime.{RuntimeInformation.RuntimeIdentifier}.microsoft.dotnet.ilcompiler")))
            Assert.Skip($"NativeAOT's compiler is not in {packages}. Publish samples/TinyVerifier/App once to fetch it.");
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (string program in programs.Where(program => !path.Any(entry => File.Exists(Path.Combine(entry, program)))))
            Assert.Skip($"This machine has no {program}.");
    }

    /// <summary>Publishes a project of the sample, which must give no warning.</summary>
    /// <param name="project">Its folder within the sample's.</param>
    /// <param name="folder">Where to; what is built on the way goes there, too, because other tests may build the same projects.</param>
    public static void Publish(string project, string folder)
    {
        string output = DotnetCommand.Run(
            Repository.Root, $"publish \"{Path.Combine(Folder, project)}\" -c Release -r {RuntimeInformation.RuntimeIdentifier} --artifacts-path \"{folder}/artifacts\" -o \"{folder}\" --nologo -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false",
            new Dictionary<string, string>());
        Assert.DoesNotContain("warning ", output, StringComparison.Ordinal);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (int ExitCode, string Output, string Errors) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
