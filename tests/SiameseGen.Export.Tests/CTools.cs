using System.Diagnostics;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Compilers of C and what runs their programs; a test that needs one that is not there is skipped.</summary>
internal static class CTools
{
    /// <summary>Skips the test when a program is missing.</summary>
    /// <param name="names">The programs that it needs.</param>
    public static void Need(params string[] names)
    {
        string[] missing = [.. names.Where(name => Find(name) is null)];
        if (missing.Length > 0)
            Assert.Skip($"This machine has no {string.Join(" and no ", missing)}.");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="name">The program: a name of the path, or a file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and all it said.</returns>
    public static async Task<(int Code, string Text)> TryAsync(string folder, string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="name">The program: a name of the path, or a file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>All it said.</returns>
    public static async Task<string> RunAsync(string folder, string name, params IEnumerable<string> arguments)
    {
        (int code, string text) = await TryAsync(folder, name, arguments);
        Assert.True(code == 0, $"{name} ended with {code}: {text[..Math.Min(text.Length, 4000)]}");
        return text;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }).FirstOrDefault(File.Exists);
}
