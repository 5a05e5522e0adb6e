using System.Globalization;
using System.Text.RegularExpressions;
using SiameseGen.Compiler.Emission.C;
using SiameseGen.Compiler.Shipping;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>Every model that has a form in integers as C, all in one program, compared bit for bit with the plain definition.</summary>
/// <param name="folder">The C.</param>
public sealed partial class CVerifierTests(CProgramFolder folder) : IClassFixture<CProgramFolder>
{
    // What a microcontroller of today has to spare for one model.
    private const int MostMemory = 16 * 1024, MostCode = 6 * 1024;

    private static readonly string[] Strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

    [Fact]
    public async Task C_gives_the_bits_of_the_definition()
    {
        CTools.Need("gcc");
        await CTools.RunAsync(folder.Path, "gcc", ["-std=c99", "-Os", .. Strict, .. folder.Prefixes.Select(prefix => prefix + ".c"), "main.c", "-o", "linked"]);
        await CompareAsync(Path.Combine(folder.Path, "linked"));
    }

    [Fact]
    public async Task C_does_nothing_undefined()
    {
        CTools.Need("gcc");
        string[] sanitizers = ["-fsanitize=undefined,address", "-fno-sanitize-recover=all", "-fsanitize=float-cast-overflow"];
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "empty.c"), "int main(void) { return 0; }\n", TestContext.Current.CancellationToken);
        if ((await CTools.TryAsync(folder.Path, "gcc", [.. sanitizers, "empty.c", "-o", "empty"])).Code != 0)
            Assert.Skip("This gcc has no sanitizers.");
        await CTools.RunAsync(folder.Path, "gcc", ["-std=c99", "-O1", "-funsigned-char", .. sanitizers, .. Strict, "all.c", "-o", "sanitized"]);
        await CompareAsync(Path.Combine(folder.Path, "sanitized"));
    }

    [Fact]
    public async Task C_compiles_as_Cpp()
    {
        CTools.Need("g++");
        await CTools.RunAsync(folder.Path, "g++", ["-std=c++17", "-x", "c++", "-fsyntax-only", .. Strict, "all.c"]);
    }

    [Fact]
    public async Task C_gives_the_bits_of_the_definition_on_a_Cortex_M4()
    {
        CTools.Need("arm-none-eabi-gcc", "qemu-system-arm");

        // The board starts at what the first words of its memory say; files come from outside by semihosting.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "board.c"), """
            extern void _start(void);
            __attribute__((section(".vectors"), used)) static void (*const vectors[])(void) = { (void (*)(void))0x20400000, _start };

            """, TestContext.Current.CancellationToken);
        await CTools.RunAsync(
            folder.Path, "arm-none-eabi-gcc",
            ["-std=c99", "-Os", "-mcpu=cortex-m4", "-mthumb", "--specs=rdimon.specs", "-Wl,--section-start=.vectors=0", .. Strict, "all.c", "board.c", "-o", "board.elf"]);
        await CompareAsync("qemu-system-arm", "-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native", "-kernel", "board.elf");
    }

    [Fact]
    public async Task Models_of_28_by_28_pixels_fit_a_microcontroller()
    {
        CTools.Need("arm-none-eabi-gcc", "arm-none-eabi-size");
        foreach (string prefix in CProgramFolder.PocketPrefixes)
        {
            string header = await File.ReadAllTextAsync(Path.Combine(folder.Path, prefix + ".h"), TestContext.Current.CancellationToken);
            int memory = Macro(header, "TEMPLATE_LENGTH") + Macro(header, "SCRATCH_LENGTH");
            await CTools.RunAsync(folder.Path, "arm-none-eabi-gcc", ["-std=c99", "-Os", "-mcpu=cortex-m4", "-mthumb", "-ffunction-sections", "-fdata-sections", "-c", prefix + ".c"]);
            (int code, int weights, int data) = Sizes(await CTools.RunAsync(folder.Path, "arm-none-eabi-size", "-A", "-d", prefix + ".o"));
            TestContext.Current.TestOutputHelper!.WriteLine($"{prefix}: {memory} bytes of memory, {code} of code, {weights} of weights");
            Assert.InRange(memory, 1, MostMemory);
            Assert.InRange(code, 1, MostCode);
            Assert.Equal(0, data);
        }
    }

    [Fact]
    public async Task Texts_are_ASCII_and_say_what_they_are()
    {
        foreach (string file in folder.Prefixes.SelectMany(prefix => new[] { prefix + ".h", prefix + ".c" }))
        {
            string text = await File.ReadAllTextAsync(Path.Combine(folder.Path, file), TestContext.Current.CancellationToken);
            Assert.True(text.All(letter => letter is '\n' or (>= ' ' and <= '~')), file);
            Assert.DoesNotContain("malloc", text, StringComparison.Ordinal);
            Assert.Contains("drawings of the tests, seed 5", text, StringComparison.Ordinal);
            Assert.Contains("FNMR", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("SmallGlyphs", "small_glyphs")]
    [InlineData("ABTest2D", "abtest2_d")]
    [InlineData("Gesichtsmaß", "gesichtsma_")]
    [InlineData("_x", "model__x")]
    [InlineData("", "model_")]
    public void Prefixes_are_made_of_any_name(string name, string prefix) => Assert.Equal(prefix, CVerifier.PrefixOf(name));

    [Fact]
    public void Wrong_prefixes_and_artifacts_are_refused()
    {
        Artifact artifact = Small();
        foreach (string prefix in new[] { "", "Glyphs", "1st", "_x", "a-b", "a b" })
            Assert.Equal("prefix", Assert.Throws<ArgumentException>(() => CVerifier.Write(artifact, prefix)).ParamName);
        Assert.Contains("Float16", Refused(artifact with { Precision = ArtifactPrecision.Float16 }), StringComparison.Ordinal);
        Assert.Contains("does not know", Refused(artifact with { Architecture = ["features 2", "magic 3"] }), StringComparison.Ordinal);
        Assert.Contains("no form", Refused(artifact with { Distance = "Cosines" }), StringComparison.Ordinal);
        Assert.Contains("bytes of weights", Refused(artifact with { Payload = new byte[5] }), StringComparison.Ordinal);

        // A bias with which a sum of 32 bits can overflow, and an input scale of 0.
        Assert.Contains("32 bits", Refused(artifact with { Payload = With(artifact.Payload, 20, int.MaxValue) }), StringComparison.Ordinal);
        Assert.Contains("input", Refused(artifact with { Payload = With(artifact.Payload, 0, 0) }), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_an_artifact_stay_in_comments()
    {
        Artifact artifact = Small() with { Provenance = [new("data", "a */ int x; /* ??/ \\ \n @_run @.h ü")] };
        string source = CVerifier.Write(artifact, "small").Source;
        int end = source.IndexOf("*/", StringComparison.Ordinal);
        Assert.Contains("int x", source[..end], StringComparison.Ordinal);
        Assert.DoesNotContain("small_run @", source, StringComparison.Ordinal);
        Assert.Equal(0, source.IndexOf("/*", StringComparison.Ordinal));
        Assert.True(source.IndexOf("/*", 2, StringComparison.Ordinal) > end);
    }

    private async Task CompareAsync(string program, params string[] arguments)
    {
        string output = Path.Combine(folder.Path, "output.bin");
        File.Delete(output);
        await CTools.RunAsync(folder.Path, program, arguments);
        byte[] bytes = await File.ReadAllBytesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(folder.Expected.Length, bytes.Length);
        Assert.Equal(bytes.Length, folder.Expected.AsSpan().CommonPrefixLength(bytes));
        Assert.True(CProgramFolder.PocketPairs >= 10_000);
    }

    // A dense layer of two features and one filter: head, four bytes, multiplier, bias, two weights and a rest.
    private static Artifact Small() => new()
    {
        Encoder = "Small",
        Architecture = ["features 2", "dense bias 1 -> 1"],
        Precision = ArtifactPrecision.Int8,
        Distance = "Euclidean",
        Calibration = new ArtifactCalibration
        {
            Threshold = 1f,
            UnsureUntil = 1f,
            Target = "equal error rate",
            FalseMatchRate = default,
            FalseNonMatchRate = default,
            ImpostorTrials = 1,
            GenuineTrials = 1,
            Protocol = "none",
            ScoreSlope = 1,
            ScoreOffset = 0,
        },
        Payload = With(With(With(With(new byte[28], 0, BitConverter.SingleToInt32Bits(1f)), 8, BitConverter.SingleToInt32Bits(1f)), 12, 31), 24, 1),
    };

    private static byte[] With(byte[] payload, int offset, int number)
    {
        byte[] changed = [.. payload];
        BitConverter.TryWriteBytes(changed.AsSpan(offset), number);
        return changed;
    }

    private static string Refused(Artifact artifact) => Assert.Throws<ArtifactException>(() => CVerifier.Write(artifact, "small")).Message;

    private static int Macro(string header, string name) =>
        int.Parse(Regex.Match(header, $@"_{name} (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static (int Code, int Weights, int Data) Sizes(string table)
    {
        int code = 0, weights = 0, data = 0;
        foreach (Match section in Section().Matches(table))
        {
            string name = section.Groups[1].Value;
            int size = int.Parse(section.Groups[2].Value, CultureInfo.InvariantCulture);
            if (name.StartsWith(".data", StringComparison.Ordinal) || name.StartsWith(".bss", StringComparison.Ordinal))
                data += size;
            else if (name.EndsWith("_weights", StringComparison.Ordinal) || name.EndsWith("_multipliers", StringComparison.Ordinal) || name.EndsWith("_biases", StringComparison.Ordinal) || name.EndsWith("_table", StringComparison.Ordinal))
                weights += size;
            else if (name.StartsWith(".text", StringComparison.Ordinal) || name.StartsWith(".rodata", StringComparison.Ordinal))
                code += size;
        }

        return (code, weights, data);
    }

    [GeneratedRegex(@"^(\.\S+)\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex Section();
}
