using Xunit;

namespace SiameseGen.Package.Tests;

/// <summary>The sample's shared library, published with NativeAOT and used from C and from Python by the sample's own programs.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private const int LargestLibrary = 1_100_000, Match = 0, NoMatch = 1, BadInput = 3;
    private readonly string _folder = Directory.CreateTempSubdirectory("SiameseGen.Native.").FullName;

    private string Library => Path.Combine(_folder, "libtinyverifier.so");

    [Fact]
    public void C_and_Python_decide_alike_and_refuse_bad_input()
    {
        NativeSample.Need("gcc", "python3");
        NativeSample.Publish("Native", _folder);
        Assert.InRange(new FileInfo(Library).Length, 100_000, LargestLibrary);

        string program = Path.Combine(_folder, "verify"), sources = Path.Combine(NativeSample.Folder, "c"), python = Path.Combine(sources, "verify.py");
        (int compiled, _, string complaints) = NativeSample.Run(
            sources, "gcc", "-O2", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "verify.c", Library, "-Wl,-rpath,$ORIGIN", "-o", program);
        Assert.Equal((0, ""), (compiled, complaints));
        foreach ((string claimed, int expected, string words) in ((string, int, string)[])[("glyphA-3", Match, "match: distance 0."), ("glyphB-1", NoMatch, "no match: distance ")])
        {
            string[] pictures = [NativeSample.Picture("glyphA-1"), NativeSample.Picture(claimed)];
            (int ofC, string saidInC, _) = NativeSample.Run(_folder, program, pictures);
            (int ofPython, string saidInPython, _) = NativeSample.Run(_folder, "python3", [python, Library, .. pictures]);
            Assert.Equal((expected, expected), (ofC, ofPython));
            Assert.StartsWith(words, saidInC, StringComparison.Ordinal);
            Assert.StartsWith(saidInPython.Trim(), saidInC, StringComparison.Ordinal);
        }

        string damaged = Path.Combine(_folder, "damaged.pgm");
        File.WriteAllBytes(damaged, File.ReadAllBytes(NativeSample.Picture("glyphA-1"))[..^1]);
        (int refusedByC, _, string why) = NativeSample.Run(_folder, program, damaged, NativeSample.Picture("glyphA-3"));
        Assert.Equal((BadInput, $"{damaged} is not a PGM picture (P5) of 28 by 28 pixels of 8 bits.\n"), (refusedByC, why));
        (int refusedByPython, _, why) = NativeSample.Run(_folder, "python3", python, Library, damaged, NativeSample.Picture("glyphA-3"));
        Assert.Equal((BadInput, $"{damaged} has 783 pixels, not 784.\n"), (refusedByPython, why));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
