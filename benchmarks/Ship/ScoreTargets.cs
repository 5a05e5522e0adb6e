using System.Globalization;
using System.Text.RegularExpressions;
using SiameseGen.Compiler.Emission.C;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>All that becomes of the one artifact: each compares every two of the same drawings, and all scores have to be equal.</summary>
/// <param name="builds">What is published.</param>
internal sealed partial class ScoreTargets(ShippedBuilds builds)
{
    // 10,011 pairs.
    private const int Drawings = 142;
    private const string Arm = "aarch64-linux-gnu-", Board = "arm-none-eabi-";

    private readonly string _drawings = Path.Combine(builds.Folder, "drawings.bin"), _scores = Path.Combine(builds.Folder, "scores.bin");

    /// <summary>Compares.</summary>
    public IEnumerable<ShipRow> Compare()
    {
        Tools.Run(builds.Folder, "dotnet", builds.ScoresAssembly, "draw", $"{Drawings}", _drawings);
        byte[] expected = JustInTime([]);
        string pairs = string.Create(CultureInfo.InvariantCulture, $"scores of {Drawings * (Drawings - 1) / 2:#,0} pairs as just-in-time");
        ShipRow Row(string target, string? missing, Func<byte[]> scores) =>
            missing is null ? ShipRow.Equal($"{pairs}: {target}", scores().AsSpan().SequenceEqual(expected)) : ShipRow.Skipped($"{pairs}: {target}", missing);
        yield return Row("NativeAOT", null, () => ScoresOf(builds.Scores));
        yield return Row("without AVX-512", null, () => JustInTime(new() { ["DOTNET_EnableAVX512"] = "0" }));
        yield return Row("without AVX2", null, () => JustInTime(new() { ["DOTNET_EnableAVX2"] = "0" }));
        yield return Row("without any vector instructions", null, () => JustInTime(new() { ["DOTNET_EnableHWIntrinsic"] = "0" }));
        yield return Row("NativeAOT for linux-arm64, under qemu", Tools.Missing(Arm + "gcc", Arm + "objcopy", "qemu-aarch64"), OnArm);
        WriteC();
        yield return Row("C99, gcc", Tools.Missing("gcc"), () => OfC(Path.Combine(builds.Folder, "tiny"), [], "gcc", "-O2"));
        yield return Row("C99, Cortex-M4 under qemu", Tools.Missing(Board + "gcc", "qemu-system-arm"), OnBoard);
    }

    /// <summary>What the verifier takes on a microcontroller.</summary>
    public IEnumerable<ShipRow> Sizes()
    {
        const double mostCode = 6, mostMemory = 16;
        const string code = "C99 for Cortex-M4, -Os: code without weights, KB", memory = "C99: template and scratch, KB";
        if (Tools.Missing(Board + "gcc", Board + "size") is { } missing)
            return [ShipRow.Skipped(code, missing), ShipRow.Skipped(memory, missing)];
        WriteC();
        Tools.Run(builds.Folder, Board + "gcc", "-std=c99", "-Os", "-mcpu=cortex-m4", "-mthumb", "-ffunction-sections", "-fdata-sections", "-fstack-usage", "-c", "tiny.c");
        int codeBytes = 0;
        foreach (Match section in Section().Matches(Tools.Run(builds.Folder, Board + "size", "-A", "-d", "tiny.o")))
        {
            string name = section.Groups[1].Value;
            if (name.StartsWith(".text", StringComparison.Ordinal) || (name.StartsWith(".rodata", StringComparison.Ordinal) && !Weights().IsMatch(name)))
                codeBytes += Number(section.Groups[2]);
        }

        string header = File.ReadAllText(Path.Combine(builds.Folder, "tiny.h"));
        int memoryBytes = Number(Macro("TEMPLATE").Match(header).Groups[1]) + Number(Macro("SCRATCH").Match(header).Groups[1]);
        int stack = File.ReadLines(Path.Combine(builds.Folder, "tiny.su")).Max(line => int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture));
        return
        [
            ShipRow.AtMost(code, codeBytes / 1024.0, mostCode, "0.0"),
            ShipRow.AtMost(memory, memoryBytes / 1024.0, mostMemory, "0.0"),
            ShipRow.Only("C99: the most stack that a function takes for itself, bytes", stack.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static int Number(Capture text) => int.Parse(text.Value, CultureInfo.InvariantCulture);

    private static Regex Macro(string name) => new($@"TINY_{name}_LENGTH (\d+)");

    private byte[] JustInTime(Dictionary<string, string> environment) => ScoresOf("dotnet", environment, builds.ScoresAssembly);

    // Runs the program of scores, in C#.
    private byte[] ScoresOf(string program, Dictionary<string, string>? environment = null, params string[] arguments)
    {
        File.Delete(_scores);
        Tools.Run(builds.Folder, program, environment ?? [], [.. arguments, "compare", _drawings, _scores]);
        return File.ReadAllBytes(_scores);
    }

    private byte[] OnArm()
    {
        // NativeAOT tells the linker its target as clang wants to be told; gcc knows it.
        string linker = Path.Combine(builds.Folder, "link-arm64");
        File.WriteAllText(linker, $"""
            #!/bin/sh
            for argument; do
              shift
              case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
            done
            exec {Arm}gcc "$@"

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(linker, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string folder = builds.Publish(ShippedBuilds.ScoresProject, "scores-arm64", "linux-arm64", ShippedBuilds.WithoutAnalyzers, $"-p:CppCompilerAndLinker={linker}", $"-p:ObjCopyName={Arm}objcopy");
        return ScoresOf("qemu-aarch64", null, "-L", "/usr/aarch64-linux-gnu", Path.Combine(folder, "scores"));
    }

    private byte[] OnBoard() => OfC(
        "qemu-system-arm",
        ["-M", "mps2-an386", "-nographic", "-monitor", "none", "-serial", "none", "-semihosting-config", "enable=on,target=native", "-kernel", "tiny"],
        Board + "gcc", "-Os", "-mcpu=cortex-m4", "-mthumb", "-DCORTEX_M4", "--specs=rdimon.specs", "-Wl,--section-start=.vectors=0");

    // Compiles to a program that is called tiny, and runs it.
    private byte[] OfC(string program, string[] arguments, string compiler, params string[] options)
    {
        Tools.Run(builds.Folder, compiler, ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", .. options, "tiny.c", "scores.c", "-o", "tiny"]);
        File.Delete(_scores);
        Tools.Run(builds.Folder, program, arguments);
        return File.ReadAllBytes(_scores);
    }

    private void WriteC()
    {
        var verifier = CVerifier.Write(ShippedModel.Artifact, "tiny");
        File.WriteAllText(Path.Combine(builds.Folder, "tiny.h"), verifier.Header);
        File.WriteAllText(Path.Combine(builds.Folder, "tiny.c"), verifier.Source);
        File.Copy(Path.Combine(ShippedBuilds.Sources, "scores.c"), Path.Combine(builds.Folder, "scores.c"), overwrite: true);
    }

    [GeneratedRegex(@"^(\.\S+)\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("_(weights|multipliers|biases|table)$")]
    private static partial Regex Weights();
}
