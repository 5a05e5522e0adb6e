using System.CommandLine;
using System.Text;
using SiameseGen.Compiler.Emission.C;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Persistence;
using SiameseGen.Tool.Inspection;

namespace SiameseGen.Tool.Commands;

/// <summary><c>siamese export FILE --c FOLDER</c>: an artifact as source of another language.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "The artifact (.siamese), of 8-bit integers." };
        var folder = new Option<string>("--c") { Description = "Writes a header and a source file of C99 into this folder, which is made if it is not there.", Required = true };
        var prefix = new Option<string?>("--prefix") { Description = "What all names in C begin with, and the files are called. Without it, the encoder's name." };
        var command = new Command("export", "Writes a verifier for microcontrollers.") { file, folder, prefix };
        command.SetAction(result => SiameseCommand.Run(
            result, output => Write(result.GetRequiredValue(file), result.GetRequiredValue(folder), result.GetValue(prefix), output)));
        return command;
    }

    private static void Write(string path, string folder, string? prefix, TextWriter output)
    {
        Artifact artifact = ArtifactInspection.Read(path);
        string name = prefix ?? CVerifier.PrefixOf(artifact.Encoder);
        CVerifier verifier = Make(path, artifact, name);
        Directory.CreateDirectory(folder);
        foreach ((string extension, string text) in ((string, string)[])[(".h", verifier.Header), (".c", verifier.Source)])
        {
            string target = Path.Combine(folder, name + extension);
            AtomicFile.Write(target, stream => stream.Write(Encoding.ASCII.GetBytes(text)));
            output.WriteLine(target);
        }
    }

    private static CVerifier Make(string path, Artifact artifact, string prefix)
    {
        try
        {
            return CVerifier.Write(artifact, prefix);
        }
        catch (ArtifactException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}.", exception);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}
