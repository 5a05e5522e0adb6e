using System.CommandLine;
using SiameseGen.Tool.Commands;

namespace SiameseGen.Tool;

/// <summary>The command <c>siamese</c>. What it can do is a subcommand each: a file in <c>Commands</c> and a line here.</summary>
internal static class SiameseCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Make()
    {
        var root = new RootCommand("Works with the files of SiameseGen encoders.");
        root.Subcommands.Add(InspectCommand.Make());
        root.Subcommands.Add(ExportCommand.Make());
        return root;
    }

    /// <summary>Does something with files, and tells the user what they can mend.</summary>
    /// <param name="result">What was parsed, with the streams for output.</param>
    /// <param name="run">Does it, and writes what it has to say.</param>
    /// <returns>The exit code: 0, or 1 after a mistake.</returns>
    public static int Run(ParseResult result, Action<TextWriter> run)
    {
        try
        {
            run(result.InvocationConfiguration.Output);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            result.InvocationConfiguration.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
