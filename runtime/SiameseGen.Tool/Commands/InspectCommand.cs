using System.CommandLine;
using SiameseGen.Tool.Inspection;

namespace SiameseGen.Tool.Commands;

/// <summary><c>siamese inspect FILE</c>: what is in a file.</summary>
internal static class InspectCommand
{
    // What can be looked into, by the end of a file's name.
    private static readonly (string Extension, Action<string, TextWriter> Inspect)[] Kinds = [(".safetensors", WeightsInspection.Write), (".siamese", ArtifactInspection.Write)];

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        string extensions = string.Join(", ", Kinds.Select(kind => kind.Extension));
        var file = new Argument<string>("FILE") { Description = $"The file ({extensions})." };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } path }] && Find(path) is null)
                result.AddError($"{path} is no file that can be looked into; known are {extensions}.");
        });
        var command = new Command("inspect", "Tells what is in a file: tensors with their shapes, or a threshold and how well it decides, and which encoder they are for.") { file };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            return SiameseCommand.Run(result, output => Find(path)!(path, output));
        });
        return command;
    }

    private static Action<string, TextWriter>? Find(string path) =>
        Kinds.FirstOrDefault(kind => path.EndsWith(kind.Extension, StringComparison.OrdinalIgnoreCase)).Inspect;
}
