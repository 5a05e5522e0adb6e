using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>The sample that ships a verifier, published with NativeAOT and run.</summary>
public sealed class NativeVerifierTests : IDisposable
{
    private const int LargestProgram = 1_100_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("SiameseGen.Native.").FullName;

    [Fact]
    public void The_published_program_is_small_decides_and_says_what_is_wrong_with_its_input()
    {
        NativeSample.Need("gcc");
        NativeSample.Publish("App", _folder);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "tinyverifier")).Length, 100_000, LargestProgram);

        string damaged = Path.Combine(_folder, "damaged.pgm");
        File.WriteAllBytes(damaged, File.ReadAllBytes(NativeSample.Picture("glyphA-1"))[..^1]);
        Assert.Equal((0, true, ""), Run(NativeSample.Picture("glyphA-1"), NativeSample.Picture("glyphA-2"), NativeSample.Picture("glyphA-3")));
        Assert.Equal((1, true, ""), Run(NativeSample.Picture("glyphA-1"), NativeSample.Picture("glyphA-2"), NativeSample.Picture("glyphB-1")));
        Assert.Equal((3, false, $"{damaged}: it ends before its last pixel.\n"), Run(NativeSample.Picture("glyphA-1"), damaged, NativeSample.Picture("glyphA-3")));
        Assert.Equal((3, false, "nowhere.pgm: there is no such file.\n"), Run("nowhere.pgm", NativeSample.Picture("glyphA-2"), NativeSample.Picture("glyphA-3")));
        Assert.StartsWith("Usage: tinyverifier", Run(NativeSample.Picture("glyphA-1")).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int ExitCode, bool Answers, string Errors) Run(params string[] arguments)
    {
        (int exitCode, string output, string errors) = NativeSample.Run(_folder, Path.Combine(_folder, "tinyverifier"), arguments);
        return (exitCode, output.Length > 0, errors);
    }
}
