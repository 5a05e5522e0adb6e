using System.Runtime.CompilerServices;
using Xunit;

namespace SiameseGen.Generator.Tests.Snapshots;

/// <summary>
/// Compares text with a file beside the test, <c>Class.Method_parameter.verified.cs</c>. When they differ, what came is written to
/// <c>….received.cs</c>: look at the difference and rename the file if it is what you wanted.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares.</summary>
    /// <param name="received">The text.</param>
    /// <param name="parameter">Tells cases of a theory apart.</param>
    /// <param name="extension">The file's extension.</param>
    /// <param name="file">The test's file, which is named like its class.</param>
    /// <param name="method">The test's method.</param>
    public static void Verify(
        string received, string parameter = "", string extension = "cs", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string name = Path.Combine(
            Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(parameter.Length > 0 ? "_" : "")}{parameter}");
        string verifiedFile = $"{name}.verified.{extension}", receivedFile = $"{name}.received.{extension}";
        string verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile) : "";
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, received);
        Assert.Fail($"{Path.GetFileName(verifiedFile)}: {Difference(verified, received)}\nReceived: {receivedFile}");
    }

    /// <summary>The first line in which two texts differ.</summary>
    /// <param name="verified">One text.</param>
    /// <param name="received">The other.</param>
    public static string Difference(string verified, string received)
    {
        string[] expected = verified.Split('\n'), actual = received.Split('\n');
        int line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
            line++;
        return $"line {line + 1} differs\n  verified: {Line(expected, line)}\n  received: {Line(actual, line)}";
    }

    private static string Line(string[] lines, int index) => index < lines.Length ? lines[index] : "(end of file)";
}
