using System.Diagnostics;
using SiameseGen.Models;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Runs the project of models as a program.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="settings">Environment variables, such as <c>DOTNET_EnableAVX2=0</c>, separated by blanks.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string settings, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host, [typeof(SmallGlyphs).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string[] setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')))
            start.Environment[setting[0]] = setting[1];
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{settings} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors}");
        return (await output).ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
