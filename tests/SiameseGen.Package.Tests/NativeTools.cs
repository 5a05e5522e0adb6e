using System.Runtime.InteropServices;

namespace SiameseGen.Package.Tests;

/// <summary>What compiling to native code takes.</summary>
internal static class NativeTools
{
    /// <summary>What of it is not there, as a reason to skip a test; null when all is.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
            return "The sizes and paths of this test are Linux's.";
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (!Directory.Exists(Path.Combine(packages, $"runtime.{RuntimeInformation.RuntimeIdentifier}.microsoft.dotnet.ilcompiler")))
            return $"NativeAOT's compiler is not in {packages}. Publish samples/TinyVerifier/App once to fetch it.";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, "gcc"))) ? null : "There is no gcc to link with.";
    }
}
