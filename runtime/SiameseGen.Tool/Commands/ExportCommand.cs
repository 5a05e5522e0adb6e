using System.CommandLine;
using System.Text;
using SiameseGen.Compiler.Emission.C;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Onnx;
using SiameseGen.Persistence;
using SiameseGen.Tool.Inspection;

namespace SiameseGen.Tool.Commands;

/// <summary><c>siamese export FILE --c FOLDER --onnx FILE</c>: a trained encoder for other languages and programs.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "An artifact (.siamese): of 8-bit integers for C, of 16-bit floats for ONNX. For ONNX, saved weights (.safetensors), too." };
        var folder = new Option<string?>("--c") { Description = "Writes a header and a source file of C99 into this folder, which is made if it is not there." };
        var prefix = new Option<string?>("--prefix") { Description = "What all names in C begin with, and the files are called. Without it, the encoder's name." };
        var onnx = new Option<string?>("--onnx") { Description = "Writes an ONNX model of 32-bit floats, opset 17, to this file." };
        var channelsFirst = new Option<bool>("--channels-first") { Description = "The ONNX model takes images [batch, channels, height, width] rather than [batch, height, width, channels]." };
        var command = new Command("export", "Writes a verifier for microcontrollers, or a model for ONNX Runtime.") { file, folder, prefix, onnx, channelsFirst };
        command.Validators.Add(result =>
        {
            if (result.GetResult(folder) is null && result.GetResult(onnx) is null)
                result.AddError("Say what to write: --c FOLDER or --onnx FILE.");
        });
        command.SetAction(result => SiameseCommand.Run(result, output =>
        {
            string path = result.GetRequiredValue(file);
            if (result.GetValue(folder) is { } target)
                WriteC(path, target, result.GetValue(prefix), output);
            if (result.GetValue(onnx) is { } model)
                WriteOnnx(path, model, result.GetValue(channelsFirst) ? OnnxImageLayout.ChannelsFirst : OnnxImageLayout.ChannelsLast, output);
        }));
        return command;
    }

    private static void WriteOnnx(string path, string target, OnnxImageLayout layout, TextWriter output)
    {
        ProtobufMessage model = OnnxSource.Read(path).Model(path, layout);
        AtomicFile.Write(target, model.WriteTo);
        output.WriteLine(target);
    }

    private static void WriteC(string path, string folder, string? prefix, TextWriter output)
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
