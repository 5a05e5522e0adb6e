using System.Diagnostics;

namespace SiameseGen.Package.Tests;

/// <summary>The command-line tool of .NET.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it, and fails when it fails.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables of its environment, beside those of the test's.</param>
    /// <returns>What it said.</returns>
    public static string Run(string folder, string arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        // What the test run sets for itself is not the user's.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing stays behind
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"dotnet {arguments} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
    }
}
