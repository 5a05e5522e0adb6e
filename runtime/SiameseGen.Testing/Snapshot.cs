using System.Runtime.CompilerServices;

namespace SiameseGen.Testing;

/// <summary>
/// Compares text with a file beside the test, <c>Class.Method_parameter.verified.txt</c>. When they differ, what came is written to
/// <c>….received.txt</c>: look at the difference, and rename the file if it is what you wanted. The names are those of Verify.
/// </summary>
public static class Snapshot
{
    /// <summary>Compares.</summary>
    /// <param name="received">The text; line ends do not matter.</param>
    /// <param name="parameter">Tells cases of a theory apart.</param>
    /// <param name="extension">The file's extension, such as <c>cs</c>.</param>
    /// <param name="file">The test's file, which is named like its class.</param>
    /// <param name="method">The test's method.</param>
    /// <exception cref="CheckFailedException">The texts differ, or there is no verified file yet.</exception>
    public static void Verify(
        string received, string parameter = "", string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(parameter);
        string name = Path.Combine(
            Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(parameter.Length > 0 ? "_" : "")}{parameter}");
        string verifiedFile = $"{name}.verified.{extension}", receivedFile = $"{name}.received.{extension}";
        string actual = received.ReplaceLineEndings("\n"), verified = File.Exists(verifiedFile) ? File.ReadAllText(verifiedFile).ReplaceLineEndings("\n") : "";
        if (verified == actual)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, actual);
        throw new CheckFailedException($"{Path.GetFileName(verifiedFile)}: {Difference(verified, actual)}\nReceived: {receivedFile}");
    }

    private static string Difference(string verified, string received)
    {
        string[] expected = verified.Split('\n'), actual = received.Split('\n');
        int line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line])
            line++;
        return $"line {line + 1} differs\n  verified: {Line(expected, line)}\n  received: {Line(actual, line)}";
    }

    private static string Line(string[] lines, int index) => index < lines.Length ? lines[index] : "(end of file)";
}
