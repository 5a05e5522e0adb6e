using SiameseGen.Compiler.Emission.C;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Docs.Tests;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>The sample TinyVerifier as C, on the desktop and on an emulated Cortex-M4.</summary>
public sealed class MicrocontrollerSampleTests : IDisposable
{
    private const int Match = 0, NoMatch = 1, BadInput = 3;
    private static readonly string Sample = Path.Combine(Repository.Root, "samples", "TinyVerifier"), Examples = Path.Combine(Sample, "examples");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_character_matches_itself_and_no_other_one_the_same_on_the_desktop_and_on_a_Cortex_M4()
    {
        CTools.Need("gcc", "arm-none-eabi-gcc", "qemu-system-arm");
        using (StreamReader reader = File.OpenText(Path.Combine(Sample, "App", "glyphs.siamese")))
        {
            var verifier = CVerifier.Write(ArtifactReader.Read(reader), "tiny_glyph_encoder");
            await File.WriteAllTextAsync(_folder.File("tiny_glyph_encoder.h"), verifier.Header, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(_folder.File("tiny_glyph_encoder.c"), verifier.Source, TestContext.Current.CancellationToken);
        }

        string program = Path.Combine(Sample, "microcontroller", "verify.c"), board = Path.Combine(Sample, "microcontroller", "board.c");
        string[] common = ["-std=c99", "-Os", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I.", program, "tiny_glyph_encoder.c"];
        await CTools.RunAsync(_folder.FullName, "gcc", [.. common, "-o", "verify"]);
        await CTools.RunAsync(_folder.FullName, "arm-none-eabi-gcc", [.. common, board, "-mcpu=cortex-m4", "-mthumb", "--specs=rdimon.specs", "-Wl,--section-start=.vectors=0", "-o", "verify.elf"]);

        Assert.StartsWith("match: score ", await VerifyAsync("glyphA-3.pgm", Match), StringComparison.Ordinal);
        Assert.StartsWith("no match: score ", await VerifyAsync("glyphB-1.pgm", NoMatch), StringComparison.Ordinal);
        Assert.Equal("missing.pgm cannot be opened.", await VerifyAsync("missing.pgm", BadInput));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private async Task<string> VerifyAsync(string claimed, int expected)
    {
        string[] pictures = ["glyphA-1.pgm", "glyphA-2.pgm", claimed];
        (int Code, string Text) desktop = await CTools.TryAsync(Examples, _folder.File("verify"), pictures);
        (int Code, string Text) board = await CTools.TryAsync(
            Examples, "qemu-system-arm", "-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "none",
            "-semihosting-config", "enable=on,target=native,arg=verify" + string.Concat(pictures.Select(picture => ",arg=" + picture)), "-kernel", _folder.File("verify.elf"));
        Assert.Equal((expected, desktop.Text.Trim()), (desktop.Code, board.Text.Trim()));
        Assert.Equal(expected, board.Code);
        return desktop.Text.Trim();
    }
}
