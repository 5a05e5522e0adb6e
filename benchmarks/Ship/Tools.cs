using System.Diagnostics;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>Programs that the benchmark runs, and whether the machine has them.</summary>
internal static class Tools
{
    /// <summary>What of some programs is missing, in words; null when all are there.</summary>
    /// <param name="names">The programs.</param>
    public static string? Missing(params ReadOnlySpan<string> names)
    {
        List<string> missing = [];
        foreach (string name in names)
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))))
                missing.Add(name);
        }

        return missing.Count == 0 ? null : $"this machine has no {string.Join(" and no ", missing)}";
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to its output.</returns>
    public static string Run(string folder, string program, params IEnumerable<string> arguments) => Run(folder, program, [], arguments);

    /// <summary>Runs a program that must succeed, in another environment.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">The program.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to its output.</returns>
    public static string Run(string folder, string program, Dictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
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
}
