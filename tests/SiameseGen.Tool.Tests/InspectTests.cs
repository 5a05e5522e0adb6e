using System.CommandLine;
using SiameseGen.Models;
using SiameseGen.Models.Tests.Import;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tool.Tests;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Own_weights_are_described()
    {
        new FoldedDense(seed: 1).Save(Path);
        (int code, string output, string error) = Run("inspect", Path);

        Assert.Equal((0, ""), (code, error));
        EncoderInfo info = FoldedDense.Info;
        Assert.Contains("encoder      FoldedDense\n", output, StringComparison.Ordinal);
        Assert.Contains($"fingerprint  {info.Fingerprint}\n", output, StringComparison.Ordinal);
        Assert.Contains("checksum     right\n", output, StringComparison.Ordinal);
        Assert.Contains("architecture\n  features 11\n  dense bias 0 -> 21\n  batchnorm epsilon 1E-05\n", output, StringComparison.Ordinal);
        Assert.Contains($"tensors      {info.Tensors.Length}, of {info.ParameterCount} parameters and {info.StateCount} running statistics\n", output, StringComparison.Ordinal);
        int widest = "batchnorm1.running_variance".Length;
        Assert.Contains($"\n  {"dense1.weight".PadRight(widest)}  F32  11×21\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\n  batchnorm2.running_variance  F32  6\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_were_changed_have_a_wrong_checksum()
    {
        new FoldedDense(seed: 1).Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path, bytes);
        Assert.Contains("checksum     WRONG", Run("inspect", Path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_other_programs_are_described()
    {
        ForeignFile.Write(Path, new Dictionary<string, (int[], float[])> { ["fc.weight"] = ([2, 3], new float[6]), ["bn.running_var"] = ([2], new float[2]), ["bn.num_batches_tracked"] = ([], []) }, "F16", new() { ["format"] = "pt" });
        (int code, string output, _) = Run("inspect", Path);
        Assert.Equal(0, code);
        Assert.Equal(
            """
            note         format: pt
            tensors      3, of 6 parameters and 3 running statistics
              bn.num_batches_tracked  I64  one number
              bn.running_var          F16  2
              fc.weight               F16  2×3

            """, output);
    }

    [Fact]
    public void A_damaged_file_is_said_to_be_so()
    {
        File.WriteAllBytes(Path, new byte[20]);
        (int code, string output, string error) = Run("inspect", Path);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(Path, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_of_another_kind_is_named()
    {
        (int code, _, string error) = Run("inspect", Path);
        Assert.Equal(1, code);
        Assert.Contains(Path, error, StringComparison.Ordinal);
        (code, _, error) = Run("inspect", "picture.png");
        Assert.NotEqual(0, code);
        Assert.Contains("picture.png is no file that can be looked into; known are .safetensors, .siamese.", error, StringComparison.Ordinal);
        Assert.NotEqual(0, Run("inspect").Code);
    }

    [Fact]
    public void Help_names_every_command()
    {
        (int code, string output, _) = Run("--help");
        Assert.Equal(0, code);
        Assert.All(SiameseCommand.Make().Subcommands, command => Assert.Contains(command.Name, output, StringComparison.Ordinal));
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = SiameseCommand.Make().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
